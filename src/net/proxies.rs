//! What the environment says of proxies: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not, as
//! curl and most programs read them.

use crate::article::address::WebAddress;

use super::reach::is_local_name;

/// Which proxy a page is fetched through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    http: Option<String>,
    https: Option<String>,
    all: Option<String>,
    /// Hosts that are asked directly, in lower case and without a full stop at the front; `*` is all of them.
    except: Vec<String>,
}

impl Proxies {
    /// What these variables of the environment say.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| {
            let value = variable(&name.to_lowercase()).or_else(|| variable(name))?;
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let except = value("NO_PROXY").unwrap_or_default();
        let except = except.split([',', ' ']).map(|host| host.trim().trim_start_matches("*.").trim_start_matches('.'));
        Self {
            http: value("HTTP_PROXY"),
            https: value("HTTPS_PROXY"),
            all: value("ALL_PROXY"),
            except: except.filter(|host| !host.is_empty()).map(str::to_lowercase).collect(),
        }
    }

    /// The proxy for an address; none if it is asked directly, as this machine always is.
    pub(super) fn of(&self, address: &WebAddress) -> Option<&str> {
        let own = if address.scheme() == "https" { &self.https } else { &self.http };
        let proxy = own.as_deref().or(self.all.as_deref())?;
        let is_here = address.ip().is_some_and(|ip| ip.is_loopback()) || is_local_name(address.host());
        let with_port = format!("{}:{}", address.host(), address.port_or_default());
        let is_meant = |except: &String| {
            let ends = |host: &str| {
                host.strip_suffix(except.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            };
            except == "*" || ends(address.host()) || ends(&with_port)
        };
        (!is_here && !self.except.iter().any(is_meant)).then_some(proxy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy_of(variables: &[(&str, &str)], address: &str) -> Option<String> {
        let value =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Proxies::read(value).of(&WebAddress::parse(address).unwrap()).map(str::to_owned)
    }

    #[test]
    fn each_scheme_has_its_proxy_and_all_have_one_besides() {
        let both = [("HTTP_PROXY", "http://a:1"), ("https_proxy", "http://b:2")];
        assert_eq!(proxy_of(&both, "http://example.org/").as_deref(), Some("http://a:1"));
        assert_eq!(proxy_of(&both, "https://example.org/").as_deref(), Some("http://b:2"));
        assert_eq!(proxy_of(&[("ALL_PROXY", "socks5://c:3")], "http://example.org/").as_deref(), Some("socks5://c:3"));
        assert_eq!(proxy_of(&both[..1], "https://example.org/"), None);
        assert_eq!(proxy_of(&[("HTTP_PROXY", " ")], "http://example.org/"), None);
    }

    #[test]
    fn some_hosts_are_asked_directly_and_this_machine_always_is() {
        let through = |except: &str, address: &str| {
            proxy_of(&[("HTTP_PROXY", "http://a:1"), ("NO_PROXY", except)], address).is_some()
        };
        for (except, address) in [
            ("example.org", "http://example.org/"),
            (".example.org", "http://www.example.org/"),
            ("*.example.org, x", "http://a.example.org/"),
            ("a,EXAMPLE.org", "http://example.org/"),
            ("example.org:8080", "http://example.org:8080/"),
            ("*", "http://example.com/"),
            ("", "http://localhost:80/"),
            ("", "http://127.0.0.1/"),
            ("", "http://[::1]/"),
        ] {
            assert!(!through(except, address), "{except} {address}");
        }
        for (except, address) in [
            ("example.org", "http://notexample.org/"),
            ("example.org:8080", "http://example.org/"),
            ("", "http://example.org/"),
        ] {
            assert!(through(except, address), "{except} {address}");
        }
    }
}
