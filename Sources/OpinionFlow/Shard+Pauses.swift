internal import OpinionMatching

// Pauses of those who declined for their workload, and how long the requests are remembered that tell of them.
extension Shard {
    /// Notes that somebody declines a seat of a request for their workload, and gives them the pause of the policy.
    ///
    /// Others may wait for another reason from now on: they are looked at again by the next ``reassess(into:)``.
    mutating func pause(_ id: Specialist.ID, because handle: Int32) {
        let pause = Pause(specialist: id, since: decidedAt)
        change(handle) { $0.pauses.add(pause) }
        guard enforce(pause, of: handle) else { return }
        changedNetworks.insert(requests[Int(handle)].key.network)
    }

    /// Lets the network of a request know of a pause that it tells of.
    ///
    /// - Returns: Whether the pause still lasts.
    private mutating func enforce(_ pause: Pause, of handle: Int32) -> Bool {
        let end = policy.pauseEnds(since: pause.since)
        guard decidedAt < end else { return false }
        withNetwork(of: handle) { network, _ in network.pause(pause.specialist, until: end) }
        return true
    }

    /// Lets the network of a request that was read back know of the pauses that still last.
    mutating func restorePauses(of handle: Int32) {
        for pause in requests[Int(handle)].pauses { _ = enforce(pause, of: handle) }
    }

    /// Works all pauses out anew: another policy may say that they last longer, or shorter.
    mutating func rederivePauses() {
        for number in networks.indices { networks[number].forgetPauses() }
        for handle in requests.indices { restorePauses(of: Int32(handle)) }
    }

    // MARK: Forgetting

    /// Remembers a closed request until its retention ends, and its pauses are over.
    ///
    /// The line keeps the order of closing, so those with pauses have timers instead.
    mutating func retain(_ handle: Int32, _ closure: Request.Closure) {
        guard closure.pauses.isEmpty else { return }
        retention.append(handle, requests[Int(handle)].key, closedAt: closure.at)
    }

    /// When a closed request is forgotten that has pauses; nil: it is open, or has none.
    func forgottenAt(_ handle: Int32) -> Moment? {
        guard case .closed(let closure) = requests[Int(handle)].phase,
            let latest = closure.pauses.latest
        else { return nil }
        return max(policy.forgets(closedAt: closure.at), policy.pauseEnds(since: latest))
    }

    /// Forgets a closed request that had pauses, if its time has come.
    mutating func forgetPaused(_ handle: Int32, by now: Moment) {
        guard let at = forgottenAt(handle), at <= now else { return }
        timers.remove(handle, at: requests[Int(handle)].timerAt)
        wantNoMore(handle)
        forget(handle)
    }
}

extension Policy {
    fileprivate func pauseEnds(since moment: Moment) -> Moment {
        moment.advanced(by: workloadPause)
    }
}
