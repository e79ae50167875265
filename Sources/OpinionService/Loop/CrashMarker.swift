internal import CProcess

/// Survives a crash: remembers which record was being answered, so that one that crashes the process repeatedly is set aside instead of causing a crash loop.
///
/// The place of the record lies in shared memory of a file while it is answered: a few stores each, no
/// call into the kernel. A start that finds a place there counts it; nothing of the record but its place
/// is ever kept. Without a directory nothing is remembered.
///
/// The loop's own.
package final class CrashMarker {
    /// A record that was being answered when the process ended so often is not tried again.
    package static let crashesMax = 3
    /// Places that are counted at once: poison of several partitions takes turns.
    static let suspectsMax = 8

    /// Where a record lies.
    package struct Place: Hashable {
        /// 1 requests, 2 responses, 3 specialists, 4 the state of a shard as it is written.
        let topic: Int64
        let partition: Int64
        let offset: Int64

        /// Where the state of a shard is written, whichever records made it what it is.
        package static func state(of shard: Int) -> Place {
            Place(topic: 4, partition: Int64(shard), offset: 0)
        }
    }

    private var suspects: [(place: Place, crashes: Int)] = []
    /// Whether places are remembered; false: there is no directory, or no file could be made in it.
    package let isKeeping: Bool

    /// - Parameter directory: Where the file lies; emptied with the machine, not with the process
    ///   (`RuntimeDirectory=` with `RuntimeDirectoryPreserve=restart`).
    package init(directory: String? = nil) {
        guard let directory, Self.open("\(directory)/answering") else {
            isKeeping = false
            return
        }
        isKeeping = true
        readSuspects()
        if let place = Self.place(at: 0) { suspect(place) }
        Self.set(nil, at: 0)
        writeSuspects()
    }

    /// How often this record was being answered when the process ended.
    func crashes(_ place: Place) -> Int {
        // Nearly always empty.
        suspects.isEmpty ? 0 : suspects.first { $0.place == place }?.crashes ?? 0
    }

    /// Whether the process has ended while the state of a shard was written.
    ///
    /// One of many records is to blame, so from then on each is written down while it is answered.
    func suspectsState(of shard: Int) -> Bool { crashes(.state(of: shard)) > 0 }

    package func begin(_ place: Place) {
        if isKeeping { Self.set(place, at: 0) }
    }

    /// Nothing that could end the process is done any more.
    func pause() {
        if isKeeping { cprocess_set_kept(0, 0) }
    }

    /// The record was answered and we live: it is not to blame.
    func end(_ place: Place) {
        pause()
        acquit(place)
    }

    /// Forgets what was counted against a place.
    func acquit(_ place: Place) {
        guard isKeeping, crashes(place) > 0 else { return }
        suspects.removeAll { $0.place == place }
        writeSuspects()
    }

    // MARK: Counting

    private func suspect(_ place: Place) {
        if let index = suspects.firstIndex(where: { $0.place == place }) {
            return suspects[index].crashes += 1
        }
        if suspects.count == Self.suspectsMax,
            let least = suspects.indices.min(by: { suspects[$0].crashes < suspects[$1].crashes })
        {
            suspects.remove(at: least)
        }
        suspects.append((place, 1))
    }

    // MARK: The file: the place being answered, then each suspect's place and count

    private static func open(_ path: String) -> Bool {
        cprocess_begin()
        for byte in path.utf8 { cprocess_append(byte) }
        return cprocess_keep() == 1
    }

    private static func place(at index: Int32) -> Place? {
        let topic = cprocess_kept(index)
        guard (1...4).contains(topic) else { return nil }
        return Place(
            topic: topic,
            partition: cprocess_kept(index + 1),
            offset: cprocess_kept(index + 2)
        )
    }

    /// The topic comes last: with it the place is there.
    private static func set(_ place: Place?, at index: Int32) {
        cprocess_set_kept(index + 1, place?.partition ?? 0)
        cprocess_set_kept(index + 2, place?.offset ?? 0)
        cprocess_set_kept(index, place?.topic ?? 0)
    }

    private func readSuspects() {
        for number in 0..<Int32(Self.suspectsMax) {
            guard let place = Self.place(at: 4 + number * 4) else { continue }
            suspects.append((place, Int(clamping: cprocess_kept(7 + number * 4))))
        }
    }

    private func writeSuspects() {
        for number in 0..<Self.suspectsMax {
            let suspect = number < suspects.count ? suspects[number] : nil
            Self.set(suspect?.place, at: Int32(4 + number * 4))
            cprocess_set_kept(Int32(7 + number * 4), Int64(suspect?.crashes ?? 0))
        }
    }
}
