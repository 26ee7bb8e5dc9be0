//! Secure connections to hosts that a reader's own certificates vouch for. `openssl req -x509` makes certificates that
//! vouch for others, and servers at home show them as their own; the client takes no such certificate from a host
//! (RFC 5280 §4.2.1.9). One that the reader named byte for byte is taken, as by curl and browsers, if its time and its
//! names are right.

use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    StreamOwned,
};
use ureq::tls::Certificate;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport, TransportAdapter,
};

/// Makes connections secure, trusting these certificates alone.
#[derive(Debug)]
pub(super) struct OwnCertificates(pub(super) Arc<Vec<Certificate<'static>>>);

impl<In: Transport> Connector<In> for OwnCertificates {
    type Out = Either<In, Secure>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, ureq::Error> {
        let Some(transport) = chained else { return Ok(None) };
        if !details.needs_tls() || transport.is_tls() {
            return Ok(Some(Either::A(transport)));
        }
        let host = details.uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned()).map_err(|_| ureq::Error::Tls("its name makes no sense"))?;
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Verifier::new(&self.0)?))
            .with_no_client_auth();
        let mut connection = ClientConnection::new(Arc::new(config), name)?;
        let mut socket = TransportAdapter::new(transport.boxed(), Arc::clone(&details.current_time));
        socket.set_timeout(details.timeout);
        connection.complete_io(&mut socket)?;
        let buffers = LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size());
        Ok(Some(Either::B(Secure { buffers, stream: StreamOwned::new(connection, socket) })))
    }
}

/// A secure connection.
pub(super) struct Secure {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl fmt::Debug for Secure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secure")
    }
}

impl Transport for Secure {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.get_mut().set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        self.stream.write_all(output)?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.get_mut().set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.get_mut().get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

/// Checks what a host shows against the reader's certificates.
#[derive(Debug)]
struct Verifier {
    rules: Arc<WebPkiServerVerifier>,
    own: Arc<Vec<Certificate<'static>>>,
}

impl Verifier {
    fn new(own: &Arc<Vec<Certificate<'static>>>) -> Result<Self, ureq::Error> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(own.iter().map(|certificate| CertificateDer::from(certificate.der())));
        let rules = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::new(ring::default_provider()))
            .build()
            .map_err(|_| ureq::Error::Tls("no certificate of ca-file can be used"))?;
        Ok(Self { rules, own: Arc::clone(own) })
    }
}

/// Whether a certificate was refused for this alone: it may vouch for others, and a host shows it as its own. The rules
/// look at the time of a certificate before they look at what it is for.
fn vouches_for_others(error: &Error) -> bool {
    // The reason has a type of a crate that is not ours; words that are not known refuse the host.
    matches!(error, Error::InvalidCertificate(CertificateError::Other(reason)) if format!("{reason:?}").contains("CaUsedAsEndEntity"))
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let is_own = || self.own.iter().any(|own| own.der() == shown.as_ref());
        match self.rules.verify_server_cert(shown, between, name, ocsp, now) {
            Err(error) if vouches_for_others(&error) && is_own() => {
                let certificate = rustls::server::ParsedCertificate::try_from(shown)?;
                rustls::client::verify_server_name(&certificate, name)?;
                Ok(ServerCertVerified::assertion())
            }
            outcome => outcome,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rules.verify_tls12_signature(message, shown, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.rules.verify_tls13_signature(message, shown, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.rules.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ureq::tls::{PemItem, parse_pem};

    use super::*;

    /// Made by `openssl req -x509`: for localhost and 127.0.0.1, from November 2026 for a hundred years.
    const AT_HOME: &str = "-----BEGIN CERTIFICATE-----
MIIBqDCCAU+gAwIBAgIUS2smoqlS3pjHy1LkKnKAhOJr1hswCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQYSBzZXJ2ZXIgYXQgaG9tZTAgFw0yNjExMjgxODE5NTVaGA8y
MTI2MTEwNDE4MTk1NVowGzEZMBcGA1UEAwwQYSBzZXJ2ZXIgYXQgaG9tZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABLlat2yo1HJGAFOJuN5BYiM4XbYsrmkgqrq0
2fqwmkJqroivab+n9kDsfJJc4egdvSoYZ7B1I8ivj49EsgIMfH+jbzBtMB0GA1Ud
DgQWBBTADgxHufS+0+MhcciskOZ+WikR2zAfBgNVHSMEGDAWgBTADgxHufS+0+Mh
cciskOZ+WikR2zAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGCCWxvY2FsaG9z
dIcEfwAAATAKBggqhkjOPQQDAgNHADBEAiB2lOAQXAiwLsA/ILNiWQlMdEbfPC11
4B1Slw5iuVj3dQIgIQn9rb0eGszwpYNGR5/3L1DsjgM8pNzxZpUMcH2jrmw=
-----END CERTIFICATE-----
";
    /// Another one of the same kind.
    const ELSEWHERE: &str = "-----BEGIN CERTIFICATE-----
MIIBqDCCAU2gAwIBAgIUOAdqGLBanV27YrkgfdI9Bdau2JQwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwSYSBzZXJ2ZXIgZWxzZXdoZXJlMCAXDTI2MTEyODE4MjA1N1oY
DzIxMjYxMTA0MTgyMDU3WjAdMRswGQYDVQQDDBJhIHNlcnZlciBlbHNld2hlcmUw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS2LzSrrHjG7yNOZhxl3EbzSLFOJ5RW
WuSXzCKpnE5AbAlVT+qy5rg7AAzuYO5KMt/WbfNL62X9WIqsCFShpXUno2kwZzAd
BgNVHQ4EFgQUuW4ysP/cLaVoO2J6epxbSOMWkiowHwYDVR0jBBgwFoAUuW4ysP/c
LaVoO2J6epxbSOMWkiowDwYDVR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2Nh
bGhvc3QwCgYIKoZIzj0EAwIDSQAwRgIhAKTSPrsJ3iNiQkOUqvJyijzwyOc8ArP/
GJuw/8so6WQdAiEArULyEOyjPcc/uezDHKfcVLLsNGDQaf6Gfyr4wD5ths4=
-----END CERTIFICATE-----
";

    /// 2027 and 2020, in seconds.
    const LATER: u64 = 1_800_000_000;
    const BEFORE: u64 = 1_600_000_000;

    fn certificate(pem: &str) -> Certificate<'static> {
        let Some(Ok(PemItem::Certificate(certificate))) = parse_pem(pem.as_bytes()).next() else { panic!("{pem}") };
        certificate
    }

    /// What comes of a host that shows a certificate to a reader who named another, or the same.
    fn outcome(named: &str, shown: &str, host: &'static str, seconds: u64) -> Result<(), String> {
        let verifier = Verifier::new(&Arc::new(vec![certificate(named)])).unwrap();
        let shown = certificate(shown);
        let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let name = ServerName::try_from(host).unwrap();
        let outcome = verifier.verify_server_cert(&CertificateDer::from(shown.der()), &[], &name, &[], now);
        outcome.map(|_| ()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_host_may_show_the_certificate_that_was_named() {
        for host in ["localhost", "127.0.0.1"] {
            assert_eq!(outcome(AT_HOME, AT_HOME, host, LATER), Ok(()), "{host}");
        }
    }

    #[test]
    fn another_certificate_another_name_and_another_time_are_refused() {
        for (named, shown, host, seconds) in [
            (AT_HOME, ELSEWHERE, "localhost", LATER),
            (ELSEWHERE, AT_HOME, "localhost", LATER),
            (AT_HOME, AT_HOME, "example.org", LATER),
            (AT_HOME, AT_HOME, "localhost", BEFORE),
        ] {
            assert!(outcome(named, shown, host, seconds).is_err(), "{host} {seconds}");
        }
    }
}
