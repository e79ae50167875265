internal import Foundation

/// A queue from many threads to one.
///
/// Its length is bounded by what was asked for: every letter answers a question, or repeats a state
/// of which only a few exist.
package final class MessageQueue<Letter: Sendable>: @unchecked Sendable {
    // Safe to share: `letters` is only touched while `condition` is held.
    private let condition = NSCondition()
    private var letters: [Letter] = []

    package init() {}

    package func post(_ letter: Letter) {
        condition.lock()
        letters.append(letter)
        condition.signal()
        condition.unlock()
    }

    /// All letters that are there; waits for the first at most that long.
    package func take(waitMilliseconds: Int32) -> [Letter] {
        condition.lock()
        defer { condition.unlock() }
        let limit = Date(timeIntervalSinceNow: Double(waitMilliseconds) / 1_000)
        while letters.isEmpty, waitMilliseconds != 0, condition.wait(until: limit) {}
        defer { letters.removeAll(keepingCapacity: true) }
        return letters
    }
}
