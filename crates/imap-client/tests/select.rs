//! SELECT, EXAMINE and the mirror of the mailbox against servers that follow a script.

mod support;

use std::num::NonZeroU32;

use imap_client::{ConnectionState, Event};
use imap_proto::command::{QResync, SelectParameter};
use imap_proto::{Flag, Mailbox, Response, UidSetBuf, UidValidity};
use support::{Script, logged_in, selected, seq, uid};

/// A mailbox that keeps modification sequences.
const CONDSTORE: &str = "
    C: A1 SELECT INBOX (CONDSTORE)
    S: * 10 EXISTS
    S: * OK [UIDVALIDITY 67890007] good
    S: * OK [HIGHESTMODSEQ 98] highest
    S: A1 OK [READ-WRITE] done
";

#[test]
fn ok_select_tells_all_of_the_mailbox() {
    let mut client = logged_in(
        "C: A1 SELECT Entw&APw-rfe
         S: * 172 EXISTS
         S: * OK [UNSEEN 12] Message 12 is first unseen
         S: * OK [UIDVALIDITY 3857529045] good
         S: * NO [UIDNOTSTICKY] Non-persistent UIDs
         S: * OK [NOMODSEQ] none
         S: * OK [MAILBOXID (F2212ea87-6097-4256-9d51-71338625)] Ok
         S: * OK [ANNOTATIONS NONE] none
         S: * FLAGS (\\Answered \\Flagged)
         S: A1 OK [READ-ONLY] done",
    );
    let mailbox = client.select("Entwürfe").unwrap();
    assert_eq!(mailbox.name(), "Entwürfe");
    assert_eq!(mailbox.mailbox(), Mailbox::from("Entw&APw-rfe"));
    assert_eq!((mailbox.exists, mailbox.unseen), (172, Some(seq(12))));
    assert!(mailbox.uid_not_sticky && mailbox.no_mod_seq && mailbox.read_only);
    assert_eq!(
        mailbox.mailbox_id.as_deref(),
        Some("F2212ea87-6097-4256-9d51-71338625")
    );
    assert!(mailbox.flags.contains(Flag::Answered));
    assert_eq!(client.state().selected(), Some(&mailbox));
    // What has no place in the answer is told all the same.
    let event = client.next_event().unwrap();
    assert!(matches!(event.response(), Some(Response::Status(_))));
    assert!(client.next_event().is_none());
}

#[test]
fn ok_select_with_qresync_gives_what_changed() {
    let mut client = selected(
        "C: A2 SELECT Archive (QRESYNC (67890007 20050715194045000 41:211 (7 41)))
         S: * 3 FETCH (UID 9 FLAGS (\\Deleted))
         S: * 4 EXISTS
         S: * OK [CLOSED] the old one
         S: * 314 EXISTS
         S: * OK [UIDVALIDITY 67890007] good
         S: * OK [HIGHESTMODSEQ 20050715194045319] highest
         S: * VANISHED (EARLIER) 41,43:116
         S: * VANISHED (EARLIER) 118,120:211
         S: * 49 FETCH (UID 117 FLAGS (\\Seen \\Answered) MODSEQ (20050715194045001))
         S: A2 OK [READ-WRITE] done",
    );
    let known: UidSetBuf = "41:211".parse().unwrap();
    let (seven, forty_one) = (seq(7).into(), uid(41).into());
    let qresync = QResync {
        uid_validity: UidValidity::try_from(67_890_007).unwrap(),
        mod_seq: 20_050_715_194_045_000,
        known_uids: known.as_set(),
        seq_match: imap_proto::SequenceSet::new(std::slice::from_ref(&seven))
            .zip(imap_proto::UidSet::new(std::slice::from_ref(&forty_one)))
            .map(|(seqs, uids)| imap_proto::command::SeqMatch { seqs, uids }),
    };
    let parameters = [SelectParameter::QResync(&qresync)];
    let resynced = client.select_with("Archive", &parameters).unwrap();
    assert_eq!(resynced.mailbox.exists, 314);
    assert_eq!(
        resynced.mailbox.highest_mod_seq,
        Some(20_050_715_194_045_319)
    );
    assert_eq!(
        resynced.changes.vanished.to_string(),
        "41,43:116,118,120:211"
    );
    assert_eq!(resynced.changes.len(), 1);
    let changed = resynced.changes.by_uid().next().unwrap();
    assert_eq!(
        (changed.number, changed.mod_seq()),
        (uid(117), Some(20_050_715_194_045_001))
    );
    // What changed in the mailbox that was left is not mixed in.
    let event = client.next_event().unwrap();
    assert!(matches!(event.response(), Some(Response::Fetch(f)) if f.number == seq(3)));
    assert!(client.next_event().is_none());
}

#[test]
fn ok_select_of_another_uid_validity_has_no_changes() {
    let mut client = logged_in(
        "C: A1 EXAMINE INBOX (QRESYNC (67890007 7))
         S: * 3 EXISTS
         S: * OK [UIDVALIDITY 3857529045] good
         S: A1 OK [READ-ONLY] Sorry, UIDVALIDITY mismatch",
    );
    let qresync = QResync {
        uid_validity: UidValidity::from(NonZeroU32::new(67_890_007).unwrap()),
        mod_seq: 7,
        known_uids: None,
        seq_match: None,
    };
    let parameters = [SelectParameter::QResync(&qresync)];
    let resynced = client.examine_with("INBOX", &parameters).unwrap();
    assert!(resynced.changes.is_empty() && resynced.changes.vanished.is_empty());
    assert_ne!(resynced.mailbox.uid_validity, Some(qresync.uid_validity));
    assert!(resynced.mailbox.read_only);
}

#[test]
fn err_select_with_refused_leaves_no_mailbox() {
    let mut client = selected(
        "C: A2 SELECT x (CONDSTORE)
         S: * OK [CLOSED] closed
         S: A2 NO no such mailbox",
    );
    let error = client.select_with("x", &[SelectParameter::CondStore]);
    assert!(error.unwrap_err().refusal().is_some());
    assert_eq!(client.state().connection(), ConnectionState::Authenticated);
}

#[test]
fn ok_vanished_counts_unless_it_was_earlier() {
    let mut client = selected(
        "C: A2 NOOP
         S: * 12 EXISTS
         S: * VANISHED 405,407:410
         S: * VANISHED (EARLIER) 1:4294967295
         S: * OK [READ-ONLY] now
         S: A2 OK done
         C: A3 NOOP
         S: * VANISHED 1:4294967295
         S: A3 OK done",
    );
    client.noop().unwrap();
    let mailbox = client.state().selected().unwrap();
    assert_eq!((mailbox.exists, mailbox.read_only), (7, true));
    assert!(matches!(client.next_event(), Some(Event::Exists(12))));
    let Some(Event::Vanished { earlier, uids }) = client.next_event() else {
        panic!("no event")
    };
    assert_eq!(
        (earlier, uids.to_string()),
        (false, "405,407:410".to_owned())
    );
    let event = client.next_event();
    assert!(matches!(event, Some(Event::Vanished { earlier: true, .. })));
    client.noop().unwrap();
    assert_eq!(client.state().selected().unwrap().exists, 0);
}

/// The example of RFC 7162 section 6.
#[test]
fn ok_highest_mod_seq_is_raised_when_a_command_ends() {
    let script = format!(
        "S: * PREAUTH [CAPABILITY IMAP4rev1 CONDSTORE] welcome
         {CONDSTORE}
         C: A2 NOOP
         S: * 1 FETCH (UID 6 FLAGS () MODSEQ (103))
         S: * 2 FETCH (UID 7 FLAGS () MODSEQ (101))
         S: * OK [HIGHESTMODSEQ 99] VANISHED reply with MODSEQ 100 is delayed
         S: A2 OK done
         C: A3 NOOP
         S: * 3 FETCH (UID 8 FLAGS () MODSEQ (104))
         S: A3 OK [HIGHESTMODSEQ 99] Still delaying VANISHED
         C: A4 NOOP
         S: * 3 FETCH (UID 8 FLAGS () MODSEQ (105))
         S: A4 OK done
         C: A5 NOOP
         S: * 3 FETCH (UID 8 FLAGS () MODSEQ (90))
         S: A5 OK done"
    );
    let mut client = Script::new(&script).client().unwrap();
    let parameters = [SelectParameter::CondStore];
    client.select_with("INBOX", &parameters).unwrap();
    for expected in [99, 99, 105, 105] {
        client.noop().unwrap();
        let mailbox = client.state().selected().unwrap();
        assert_eq!(mailbox.highest_mod_seq, Some(expected));
    }
}

#[test]
fn ok_codes_at_the_end_of_a_command_are_not_lost() {
    let mut client = selected(
        "C: A2 NOOP
         S: A2 OK [MESSAGELIMIT 1000 23221] not all
         C: A3 CREATE new
         S: A3 OK [MAILBOXID (F1)] made",
    );
    client.noop().unwrap();
    let event = client.next_event().unwrap();
    let Some(Response::Status(status)) = event.response() else {
        panic!("{event:?}")
    };
    assert_eq!(status.tag.unwrap().as_str(), "A2");
    client.create("new").unwrap();
    assert_eq!(client.state().selected().unwrap().mailbox_id, None);
}
