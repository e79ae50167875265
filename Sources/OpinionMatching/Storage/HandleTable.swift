/// A hash table of handles that doesn't store the keys: eight bytes an entry.
///
/// A dictionary would hold every key a second time. Here the caller compares the key with the thing that the handle
/// stands for; that is needed only when 32 bits of the hash agree. Open addressing with linear probing (Knuth, The Art
/// of Computer Programming 3, 6.4, algorithms L and R).
///
/// Use ``NameHash`` for the hashes: nobody outside can predict it.
package struct HandleTable: Sendable {
    private struct Place: Sendable {
        var hash: UInt32 = 0
        /// -1 when the place is empty.
        var handle: Int32 = -1

        var isEmpty: Bool { handle == -1 }
    }

    private var places: [Place] = []
    package private(set) var count = 0

    package init() {}

    /// The handle that was added for a hash and that `isIt` accepts; nil when there is none.
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

    /// Adds a handle for a hash.
    ///
    /// - Precondition: It has not been added for that hash before.
    package mutating func insert(_ handle: Int32, for key: UInt64) {
        if 4 * (count + 1) > 3 * places.count { grow() }
        put(Place(hash: UInt32(truncatingIfNeeded: key), handle: handle))
        count += 1
    }

    /// Removes a handle that was added for a hash; does nothing when it wasn't.
    package mutating func remove(_ handle: Int32, for key: UInt64) {
        guard count > 0 else { return }
        let hash = UInt32(truncatingIfNeeded: key)
        var index = home(of: hash)
        while places[index].handle != handle || places[index].hash != hash {
            if places[index].isEmpty { return }
            index = after(index)
        }
        count -= 1
        vacate(index)
    }

    package mutating func removeAll() {
        places = []
        count = 0
    }

    /// Empties a place, and moves later entries forward that would no longer be found behind the gap.
    private mutating func vacate(_ place: Int) {
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

    /// The place at which the search for a hash begins.
    private func home(of hash: UInt32) -> Int { Int(hash) & (places.count - 1) }
    private func after(_ index: Int) -> Int { (index + 1) & (places.count - 1) }
    private func distance(from first: Int, to second: Int) -> Int {
        (second - first) & (places.count - 1)
    }
}
