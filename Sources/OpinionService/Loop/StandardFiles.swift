internal import CProcess

/// Standard input, output and error.
package enum StandardFiles {
    /// Has those that were closed when the program was started read nothing and swallow all.
    ///
    /// Else the next file that is opened gets the number, and log lines are written into it. Call it first.
    package static func open() { cprocess_open_standard_files() }
}
