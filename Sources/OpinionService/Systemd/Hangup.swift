internal import CProcess

/// SIGHUP, which asks for the settings to be read anew.
///
/// `opiniond run` handles it from before `main` on, so that one that comes early neither ends the process nor is
/// lost: the loop looks whether it came, once a turn.
enum Hangup {
    /// Handles it from now on.
    static func expect() { cprocess_expect_hangups() }

    /// Whether it has come since this was last asked.
    static func take() -> Bool { cprocess_take_hangup() == 1 }
}
