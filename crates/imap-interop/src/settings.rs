//! What the servers' configuration files leave blank.

use crate::state::StateDir;
use crate::user::{
    ADMIN_NAME, AWKWARD_NAME, AWKWARD_PASSWORD, PASSWORD, SMALL_COUNT, SMALL_PREFIX, SMALL_STORAGE,
};

/// What the servers' configuration files leave blank.
pub(crate) struct Settings<'a> {
    state: &'a StateDir,
    imap_port: u16,
    imaps_port: u16,
}

impl<'a> Settings<'a> {
    pub(crate) fn new(state: &'a StateDir, [imap_port, imaps_port]: [u16; 2]) -> Self {
        Self {
            state,
            imap_port,
            imaps_port,
        }
    }

    /// Fills in every `@NAME@` of a template.
    pub(crate) fn fill(&self, template: &str) -> String {
        let account = self.state.account();
        template
            .replace("@DIR@", &self.state.path().to_string_lossy())
            .replace("@MARK@", &self.state.mark())
            .replace("@USER@", &account.user)
            .replace("@GROUP@", &account.group)
            .replace("@UID@", &account.uid.to_string())
            .replace("@GID@", &account.gid.to_string())
            .replace("@ADMIN_NAME@", ADMIN_NAME)
            .replace("@AWKWARD_NAME@", AWKWARD_NAME)
            .replace("@AWKWARD_PASSWORD@", AWKWARD_PASSWORD)
            .replace("@PASSWORD@", PASSWORD)
            .replace("@SMALL_COUNT@", &SMALL_COUNT.to_string())
            .replace("@SMALL_PREFIX@", SMALL_PREFIX)
            .replace("@SMALL_STORAGE@", &SMALL_STORAGE.to_string())
            .replace("@IMAP_PORT@", &self.imap_port.to_string())
            .replace("@IMAPS_PORT@", &self.imaps_port.to_string())
    }

    pub(crate) fn ports(&self) -> [u16; 2] {
        [self.imap_port, self.imaps_port]
    }

    pub(crate) fn state(&self) -> &'a StateDir {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Account;

    #[test]
    fn templates_have_no_blank_left_but_those_of_programs() {
        let account = Account::for_server(&["nobody"]).unwrap();
        let state = StateDir::create("test", account).unwrap();
        let settings = Settings::new(&state, [1143, 1993]);
        let blanks = |template| {
            let filled = settings.fill(template);
            let lines = filled.lines().filter(|line| !line.starts_with('#'));
            Vec::from_iter(lines.filter(|line| line.contains('@')).map(str::to_owned))
        };
        assert_eq!(blanks(include_str!("dovecot/dovecot.conf")), [""; 0]);
        assert_eq!(blanks(include_str!("dovecot/oauth2.conf")), [""; 0]);
        assert_eq!(blanks(include_str!("cyrus/imapd.conf")), [""; 0]);
        assert_eq!(settings.fill("port = @IMAPS_PORT@"), "port = 1993");
    }
}
