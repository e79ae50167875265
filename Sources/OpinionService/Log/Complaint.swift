internal import Foundation

/// What a person must hear before there is a log, or instead of one: on standard error.
package enum Complaint {
    /// Under journald each line begins with its priority, as those of the log do: else it would be one of
    /// information, and a night shift that looks for errors wouldn't find it.
    package static func say(_ text: String) {
        let mark = Systemd().isJournal ? "<\(Line.Priority.error.rawValue)>" : ""
        let lines = text.split(separator: "\n").map { "\(mark)\($0)\n" }
        FileHandle.standardError.write(Data(lines.joined().utf8))
    }
}
