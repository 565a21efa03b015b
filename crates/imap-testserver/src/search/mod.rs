//! SEARCH, SORT and THREAD over the messages of a mailbox.
