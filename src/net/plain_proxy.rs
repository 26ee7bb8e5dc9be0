//! Asks a proxy for a page that needs no secrecy: with the whole address in the first line (RFC 9112 §3.2.2), as curl and
//! browsers do. The client would have a tunnel dug for it (`CONNECT`), which most proxies do for `https` alone.

use ureq::Proxy;
use ureq::ProxyProtocol;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use crate::article::address::WebAddress;

/// Whether a page is asked for like this. A proxy that wants a name and password is asked for a tunnel.
pub(super) fn serves(proxy: &Proxy, address: &WebAddress) -> bool {
    let is_open = proxy.username().is_none() && proxy.password().is_none();
    address.scheme() == "http" && proxy.protocol() == ProxyProtocol::Http && is_open
}

/// Puts the whole address into the first line of what is asked over a connection to a proxy.
#[derive(Debug)]
pub(super) struct PlainProxy;

impl<In: Transport> Connector<In> for PlainProxy {
    type Out = InFull<In>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<In>) -> Result<Option<Self::Out>, ureq::Error> {
        let port = details.uri.port_u16().map_or_else(String::new, |port| format!(":{port}"));
        let origin = format!("http://{}{port}", details.uri.host().unwrap_or_default());
        Ok(chained.map(|inner| InFull { inner, origin: Some(origin) }))
    }
}

/// A connection to a proxy.
#[derive(Debug)]
pub(super) struct InFull<T> {
    inner: T,
    /// What the first line lacks, until it was sent.
    origin: Option<String>,
}

impl<T: Transport> Transport for InFull<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let added = self.origin.take().map_or(Some(0), |origin| insert(self.inner.buffers().output(), amount, &origin));
        let Some(added) = added else {
            return Err(ureq::Error::ConnectProxyFailed("the address is too long".to_owned()));
        };
        self.inner.transmit_output(amount + added, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }
}

/// Puts `origin` before the path of a request that takes `amount` bytes of a buffer. Gives the bytes that were added;
/// none if there is no room.
fn insert(buffer: &mut [u8], amount: usize, origin: &str) -> Option<usize> {
    let path = buffer.get(..amount)?.iter().position(|byte| *byte == b'/')?;
    let added = origin.len();
    if amount + added > buffer.len() {
        return None;
    }
    buffer.copy_within(path..amount, path + added);
    buffer.get_mut(path..path + added)?.copy_from_slice(origin.as_bytes());
    Some(added)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_address_comes_before_the_path_if_there_is_room() {
        let request = "GET /a?b=/c HTTP/1.1\r\nHost: x\r\n\r\n";
        let mut buffer = request.as_bytes().to_vec();
        assert_eq!(insert(&mut buffer, request.len(), "http://x"), None);
        buffer.resize(request.len() + 8, 0);
        assert_eq!(insert(&mut buffer, request.len(), "http://x"), Some(8));
        assert_eq!(String::from_utf8(buffer).unwrap(), "GET http://x/a?b=/c HTTP/1.1\r\nHost: x\r\n\r\n");
    }
}
