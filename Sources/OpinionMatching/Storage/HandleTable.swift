/// Handles of things by the hash of something that they have: eight bytes a place.
///
/// A dictionary would hold every key a second time. Here whoever looks asks the thing itself whether it is
/// the one, and who is asked in vain shares 32 bits of a hash by chance. Open addressing with linear probing
/// (Knuth, The Art of Computer Programming 3, 6.4, algorithms L and R).
///
/// Hashes are to be ``NameHash``'s, which nobody outside can foresee.
package struct HandleTable: Sendable {
    private struct Place: Sendable {
        var hash: UInt32 = 0
        /// -1: nobody's.
        var handle: Int32 = -1

        var isEmpty: Bool { handle == -1 }
    }

    private var places: [Place] = []
    package private(set) var count = 0

    package init() {}

    /// A handle added for the hash that says it is the one; nil: there is none.
    ///
    /// - Complexity: O(1) on average.
    package func first(_ key: UInt64, where isIt: (Int32) -> Bool) -> Int32? {
        guard count > 0 else { return nil }
        let hash = UInt32(truncatingIfNeeded: key)
        var index = home(of: hash)
        while !places[index].isEmpty {
            let place = places[index]
            if place.hash == hash, isIt(place.handle) { return place.handle }
            index = after(index)
        }
        return nil
    }

    /// Adds a handle for a hash that it hasn't been added for.
    package mutating func insert(_ handle: Int32, for key: UInt64) {
        if 4 * (count + 1) > 3 * places.count { grow() }
        put(Place(hash: UInt32(truncatingIfNeeded: key), handle: handle))
        count += 1
    }

    /// Removes a handle that was added for the hash; does nothing when it wasn't.
    package mutating func remove(_ handle: Int32, for key: UInt64) {
        guard count > 0 else { return }
        let hash = UInt32(truncatingIfNeeded: key)
        var index = home(of: hash)
        while places[index].handle != handle || places[index].hash != hash {
            if places[index].isEmpty { return }
            index = after(index)
        }
        count -= 1
        close(index)
    }

    package mutating func removeAll() {
        places = []
        count = 0
    }

    /// Empties a place, and moves into it who would no longer be found behind it.
    private mutating func close(_ place: Int) {
        var (hole, index) = (place, after(place))
        while !places[index].isEmpty {
            let way = distance(from: home(of: places[index].hash), to: index)
            if way >= distance(from: hole, to: index) {
                places[hole] = places[index]
                hole = index
            }
            index = after(index)
        }
        places[hole] = Place()
    }

    private mutating func put(_ place: Place) {
        var index = home(of: place.hash)
        while !places[index].isEmpty { index = after(index) }
        places[index] = place
    }

    private mutating func grow() {
        let old = places
        places = Array(repeating: Place(), count: Swift.max(2 * old.count, 16))
        for place in old where !place.isEmpty { put(place) }
    }

    private func home(of hash: UInt32) -> Int { Int(hash) & (places.count - 1) }
    private func after(_ index: Int) -> Int { (index + 1) & (places.count - 1) }
    private func distance(from first: Int, to second: Int) -> Int {
        (second - first) & (places.count - 1)
    }
}
