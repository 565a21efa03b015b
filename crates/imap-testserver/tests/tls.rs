//! TLS from the first octet, and STARTTLS.

use imap_client::blocking::Client;
use imap_client::{Config, Tls};
use imap_testserver::TestServer;

fn trusting(server: &TestServer) -> Config {
    Config::default().with_tls(Tls::with_pem_authorities(server.ca_pem().as_bytes()).unwrap())
}

#[test]
fn ok_tls_from_the_first_octet() {
    let server = TestServer::start().unwrap();
    let port = server.tls_address().port();
    let mut client = Client::connect_tls("localhost", port, &trusting(&server)).unwrap();
    client.login("user", "pass").unwrap();
    assert_eq!(client.select("INBOX").unwrap().exists, 0);
    client.logout().unwrap();
    // Nobody else's authority signed the certificate.
    assert!(Client::connect_tls("localhost", port, &Config::default()).is_err());
}

#[test]
fn ok_starttls() {
    let server = TestServer::start().unwrap();
    let port = server.address().port();
    let mut client = Client::connect_starttls("127.0.0.1", port, &trusting(&server)).unwrap();
    client.login("user", "pass").unwrap();
    client.noop().unwrap();
}
