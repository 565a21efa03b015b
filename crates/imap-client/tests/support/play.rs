//! Both drivers behind one trait, over streams that never keep anybody waiting.

use std::fmt::Debug;

use imap_client::blocking::Blocking;
use imap_client::exchange::Answer;
use imap_client::{Client, Config, Driver, Error, Idled};

use super::Script;

/// A driver whose clients play against a [`Script`].
pub(crate) trait Play: Driver + Debug + Sized {
    fn connect(script: Script, config: &Config) -> Result<Client<Self>, Error>;

    /// The outcome of a command, which must not wait.
    fn now<A: Answer>(run: Self::Run<'_, A>) -> Result<A::Output, Error>;

    /// Waits for one event in IDLE, and ends it.
    fn idle(client: &mut Client<Self>) -> Result<Idled, Error>;
}

impl Play for Blocking {
    fn connect(script: Script, config: &Config) -> Result<Client<Self>, Error> {
        Client::<Self>::with_stream(script, config)
    }

    fn now<A: Answer>(run: Self::Run<'_, A>) -> Result<A::Output, Error> {
        run
    }

    fn idle(client: &mut Client<Self>) -> Result<Idled, Error> {
        let mut idle = client.idle()?;
        let idled = idle.wait(None)?;
        idle.done().map(|()| idled)
    }
}

#[cfg(feature = "tokio")]
mod tokio_driver {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use imap_client::tokio::Tokio;

    use super::{Answer, Client, Config, Error, Idled, Play, Script};

    impl Play for Tokio {
        fn connect(script: Script, config: &Config) -> Result<Client<Self>, Error> {
            at_once(Client::<Self>::with_stream(script, config))
        }

        fn now<A: Answer>(run: Self::Run<'_, A>) -> Result<A::Output, Error> {
            at_once(run)
        }

        fn idle(client: &mut Client<Self>) -> Result<Idled, Error> {
            let mut idle = client.idle()?;
            let idled = at_once(idle.wait())?;
            at_once(idle.done()).map(|()| idled)
        }
    }

    /// What a future gives that has nothing to wait for.
    fn at_once<F: Future>(future: F) -> F::Output {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().build().unwrap();
        let _inside = runtime.enter();
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => output,
            Poll::Pending => panic!("the client waits for ever"),
        }
    }
}
