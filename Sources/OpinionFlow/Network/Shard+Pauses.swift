internal import OpinionMatching

// Pauses of specialists who declined for their workload, and how long the requests that tell of them are remembered.
extension Shard {
    /// Records that a specialist declined a seat of a request for workload, and gives them the policy's pause.
    ///
    /// Other seats may wait for another reason from now on: they are looked at again by the next ``reassess(into:)``.
    mutating func pause(_ id: Specialist.ID, of handle: RequestHandle) {
        let pause = Pause(specialist: id, since: decidedAt)
        change(handle) { $0.pauses.add(pause) }
        guard enforce(pause, of: handle) else { return }
        networks.changed.insert(requests[handle].key.network)
    }

    /// Lets the network of a request know of a pause that the request tells of.
    ///
    /// - Returns: Whether the pause still lasts.
    private mutating func enforce(_ pause: Pause, of handle: RequestHandle) -> Bool {
        let end = policy.pauseEnds(since: pause.since)
        guard decidedAt < end else { return false }
        networks.list[requests[handle].network].pause(pause.specialist, until: end)
        return true
    }

    /// Lets the network of a request that was read back know of the pauses that still last.
    mutating func restorePauses(of handle: RequestHandle) {
        for pause in requests[handle].pauses { _ = enforce(pause, of: handle) }
    }

    /// Works all pauses out anew: another policy may make them longer, or shorter.
    mutating func rederivePauses() {
        for slot in networks.list.indices { networks.list[slot].forgetPauses() }
        for handle in requests.handles { restorePauses(of: handle) }
    }

    // MARK: Forgetting

    /// When a closed request that has pauses is forgotten; nil: it is open, or has none.
    func forgottenAt(_ handle: RequestHandle) -> Moment? {
        guard case .closed(let closure) = requests[handle].phase,
            let latest = closure.pauses.latest
        else { return nil }
        return max(policy.forgets(closedAt: closure.at), policy.pauseEnds(since: latest))
    }

    /// Forgets a closed request that had pauses, if its time has come.
    mutating func forgetPaused(_ handle: RequestHandle, by now: Moment) {
        guard let forgottenAt = forgottenAt(handle), forgottenAt <= now else { return }
        schedule.timers.remove(handle, at: requests[handle].timerAt)
        removeDemand(of: handle)
        forget(handle)
    }
}

extension Policy {
    fileprivate func pauseEnds(since moment: Moment) -> Moment {
        moment.advanced(by: workloadPause)
    }
}
