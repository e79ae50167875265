"""Bugs planted on purpose, and whether the simulator, or a test where it can't see them, finds each.

    python3 Tests/mutations/mutations.py --check           every mutation still fits the sources (quick)
    python3 Tests/mutations/mutations.py [--seeds N] [--debug] [NAME …]

Copies the sources aside, plants one bug at a time, builds the Simulator in release and runs it up to the
first offence. Prints which invariant caught the bug and how many seeds that took; ends with 1 when one
was not caught. The copy is kept under --work, so that a second run builds less.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ["Package.swift", "Sources", "Tests", ".swift-format"]


@dataclass
class Mutation:
    name: str
    file: str
    old: str
    new: str
    # Tests that must catch it, where the simulator can't: a filter of swift test.
    test: str = ""


MUTATIONS = [
    Mutation(
        "who declined for lack of time is never asked again",
        "Sources/OpinionFlow/Request/Shard+Responses.swift",
        "isBarred: consequence == .bars)",
        "isBarred: consequence != .makesReluctant)",
    ),
    Mutation(
        "whoever declined for their workload gets a seat of the next request",
        "Sources/OpinionFlow/Network/Network.swift",
        "        roster.pause(id, until: end)\n",
        "        if end == .distantPast { roster.pause(id, until: end) }\n",
    ),
    Mutation(
        "a take-over ends the pauses",
        "Sources/OpinionFlow/Store/Shard+Restore.swift",
        "        restorePauses(of: handle)\n",
        "",
    ),
    Mutation(
        "a new profile ends the pause",
        "Sources/OpinionFlow/Network/Network.swift",
        "        if let end = pauses[specialist.id] { roster.pause(specialist.id, until: end) }\n",
        "        if pauses[specialist.id] != nil { roster.pause(specialist.id, until: .distantPast) }\n",
    ),
    Mutation(
        "an amendment changes when the patient first asked",
        "Sources/OpinionFlow/Request/OpenRequest+Changes.swift",
        "        submission.submittedAt = submittedAt\n",
        "        submission.submittedAt = max(submittedAt, new.submittedAt)\n",
    ),
    Mutation(
        "a state record is not written",
        "Sources/OpinionFlow/Store/Shard+Restore.swift",
        "        for handle in dirty.handles {\n",
        "        for handle in dirty.handles.dropFirst() {\n",
    ),
    Mutation(
        "a tombstone changes the digest and is not written",
        "Sources/OpinionFlow/Store/Shard+Restore.swift",
        "            digest = digest &- hash\n"
        "            erase(key)\n",
        "            digest = digest &- hash\n"
        "            _ = (key, erase)\n",
    ),
    Mutation(
        "a transaction that could not be sent counts as committed",
        "Sources/OpinionService/Loop/Service+Transactions.swift",
        "                runtime.postpone()\n"
        "                reporter.trouble(\n",
        "                runtime.committed()\n"
        "                reporter.trouble(\n",
    ),
    Mutation(
        "an aborted transaction is not sent again",
        "Sources/OpinionService/Loop/Service+Transactions.swift",
        "        runtime.postpone()\n"
        "        reporter.aborted()\n",
        "        runtime.committed()\n"
        "        reporter.aborted()\n",
    ),
    Mutation(
        "a commit of unknown outcome is taken for failed and sent again",
        "Sources/OpinionService/Loop/Service+Shards.swift",
        "        log.error(\"shard dropped\", metadata:",
        "        if error.reaction != .fenced, shards.runtimes[shard]?.underWay != nil {\n"
        "            shards.runtimes[shard]?.postpone()\n"
        "            return\n"
        "        }\n"
        "        log.error(\"shard dropped\", metadata:",
    ),
    Mutation(
        "a commit of unknown outcome is taken for done",
        "Sources/OpinionService/Loop/Service+Shards.swift",
        "        log.error(\"shard dropped\", metadata:",
        "        if error.reaction != .fenced, let runtime = shards.runtimes[shard] {\n"
        "            runtime.committed()\n"
        "            return\n"
        "        }\n"
        "        log.error(\"shard dropped\", metadata:",
    ),
    Mutation(
        "a record that comes once more after a rewind is answered again",
        "Sources/OpinionService/Loop/Service+Records.swift",
        "            runtime.inputs.position(in: inbox) <= record.offset\n",
        "            runtime.inputs.position(in: inbox) <= .max\n",
    ),
    Mutation(
        "the end of a partition is taken for one further",
        "Sources/OpinionService/Loop/Service+Records.swift",
        "runtimes[Int(place.partition)]?.inputs.move(inbox, to: offset)\n",
        "runtimes[Int(place.partition)]?.inputs.move(inbox, to: offset + 1)\n",
    ),
    Mutation(
        "a request that is sent again under another event's id counts as a conflict",
        "Sources/OpinionFlow/Request/Shard+Submissions.swift",
        "        guard requests[handle].knows(event.fingerprint.content) else {\n",
        "        guard requests[handle].knows(event.fingerprint.content), event.fingerprint.content == 0 else {\n",
    ),
    Mutation(
        "a record in the wrong partition is passed over",
        "Sources/OpinionService/Loop/Service+Records.swift",
        "            return forward(record, inbox, to: home, into: &transaction)\n",
        "            return\n",
    ),
    Mutation(
        "a refused event is not dead-lettered",
        "Sources/OpinionService/Loop/Service+Records.swift",
        "        case .refused(let refusal):\n"
        "            refuse(",
        "        case .refused(let refusal) where refusal.reason == .conflict: break\n"
        "        case .refused(let refusal):\n"
        "            refuse(",
    ),
    Mutation(
        "what was told stays in the outbox",
        "Sources/OpinionService/Loop/Service+Records.swift",
        "            transaction.tally.count(announcement.kind)\n"
        "        }\n"
        "        codec.outbox.removeAll()\n",
        "            transaction.tally.count(announcement.kind)\n"
        "        }\n"
        "        if codec.outbox.announcements.count < 3 { codec.outbox.removeAll() }\n",
    ),
    Mutation(
        "units of a seat that was taken back stay taken",
        "Sources/OpinionFlow/Seating/Shard+Assigning.swift",
        "        releaseUnits(handle, index)\n"
        "        let since",
        "        let since",
    ),
    Mutation(
        "one unit too many is given",
        "Sources/OpinionMatching/Roster/Load.swift",
        "            now.units < limit.units && now.today",
        "            now.units <= limit.units && 0 < limit.units && now.today",
    ),
    Mutation(
        "a freed unit is offered to nobody",
        "Sources/OpinionFlow/Seating/Shard+FreedUnits.swift",
        "        for id in specialists { serveWaiting(with: id, in: slot, .unit) }\n",
        "        _ = (specialists, slot)\n",
    ),
    Mutation(
        "whom nobody wanted is never asked again",
        "Sources/OpinionFlow/Network/Network.swift",
        "        unwanted[id] != queue.arrivals(in: families)\n",
        "        unwanted[id] == nil\n",
    ),
    Mutation(
        "an excluded specialist is chosen",
        "Sources/OpinionMatching/Eligibility/Rules/ExcludedRule.swift",
        "        for id in need.excluded { dropped += roster.drop(id) }\n",
        "        for id in need.excluded.dropFirst() { dropped += roster.drop(id) }\n",
    ),
    Mutation(
        "seats of those who went while nobody looked are kept",
        "Sources/OpinionFlow/Shard.swift",
        "        reconcile(with: directory)\n",
        "",
    ),
    Mutation(
        "who is gone is never judged",
        "Sources/OpinionFlow/Network/Shard+Departures.swift",
        "            let judgedAt = networks.list[slot].departures.judgedAt, judgedAt <= decidedAt\n",
        "            let judgedAt = networks.list[slot].departures.judgedAt, judgedAt < .distantPast\n",
    ),
    Mutation(
        "a shard that was full is never read again",
        "Sources/OpinionService/Loop/Service+Shards.swift",
        "        let numbers = Set(stuck.map(\\.number))\n",
        "        let numbers = shards.held.union(stuck.map(\\.number))\n",
    ),
    Mutation(
        "shards are kept when the group takes them back",
        "Sources/OpinionService/Loop/Service+Shards.swift",
        "            drop(shard)\n"
        "        }\n"
        "        for shard in shards.fences.shards",
        "        }\n"
        "        for shard in shards.fences.shards",
    ),
    Mutation(
        "a request that is read back has forgotten which events were applied",
        "Sources/OpinionWire/State/Request+State.swift",
        "        self.fingerprints = fingerprints\n",
        "        self.fingerprints = Array(fingerprints.dropLast())\n",
    ),
    Mutation(
        "what a seat's clock told is forgotten by a take-over",
        "Sources/OpinionWire/State/Seat+State.swift",
        "        if !told.isEmpty { json.member(\"told\", Int(told.rawValue)) }\n",
        "",
    ),
    Mutation(
        "who waits is reminded of again after a take-over",
        "Sources/OpinionWire/State/Request+State.swift",
        "            waitTold: WaitMarks(state: json) ?? old.waitTold,\n",
        "            waitTold: old.waitTold,\n",
    ),
    Mutation(
        "a take-over forgets the last seat of a panel",
        "Sources/OpinionWire/State/Request+State.swift",
        "            seats: seats,\n"
        "            barred: barred.map",
        "            seats: seats.count < 3 ? seats : Array(seats.dropLast()),\n"
        "            barred: barred.map",
    ),
    Mutation(
        "an opinion that comes twice is refused the second time",
        "Sources/OpinionFlow/Shard.swift",
        "        return isSame ? .duplicate : ",
        "        return isSame && event.message.answer == nil ? .duplicate : ",
    ),
    Mutation(
        "seats are opened once more that are there",
        "Sources/OpinionFlow/Panel/Shard+PanelReplan.swift",
        "    func missing(of specs: [SeatSpec?]) -> [SeatSpec?] { match(specs).missing }\n",
        "    func missing(of specs: [SeatSpec?]) -> [SeatSpec?] { specs }\n",
    ),
    Mutation(
        "who has delivered for a panel is given another seat of it",
        "Sources/OpinionFlow/Request/Seat.swift",
        "        case .waiting: nil\n"
        "        case .held(let holding), .delivered(let holding, _, _): holding.specialist\n",
        "        case .waiting, .delivered: nil\n"
        "        case .held(let holding): holding.specialist\n",
    ),
    Mutation(
        "who judges may work with a reviewer",
        "Sources/OpinionFlow/Panel/PanelPolicy+Seats.swift",
        "            return need.reviewers = colleagues.flatMap(\\.asFirstOpinions)\n",
        "            return need.reviewers = colleagues.dropFirst().flatMap(\\.asFirstOpinions)\n",
    ),
    Mutation(
        "a take-over forgets where who has a seat worked",
        "Sources/OpinionWire/State/Seat+State.swift",
        "        affiliation?.write(&json)\n",
        "",
    ),
    Mutation(
        "a report that is due waits for no quorum",
        "Sources/OpinionFlow/Panel/PanelProgress.swift",
        "        max(policy.quorum, 1) <= deliveredCount\n",
        "        1 <= deliveredCount\n",
    ),
    Mutation(
        "a panel has its quorum one opinion later",
        "Sources/OpinionFlow/Panel/PanelProgress.swift",
        "        max(policy.quorum, 1) <= deliveredCount\n",
        "        max(policy.quorum, 1) < deliveredCount\n",
    ),
    Mutation(
        "opinions on a family that is no longer asked about are left out of the report",
        "Sources/OpinionFlow/Request/OpenRequest+Report.swift",
        "            guard case .delivered(let holding, let opinion, let time) = seat.state else {\n",
        "            guard case .delivered(let holding, let opinion, let time) = seat.state, counts(seat) else {\n",
    ),
    Mutation(
        "a report leaves seats with those who are too late for it",
        "Sources/OpinionFlow/Panel/Shard+PanelPhases.swift",
        "        let freed = rescindAll(handle, .reported)\n",
        "        let freed: [Specialist.ID] = []\n",
    ),
    Mutation(
        "an offer lapses though it was accepted",
        "Sources/OpinionFlow/Request/Seat.swift",
        "            guard acceptBy != nil else { return }\n"
        "            acceptBy = nil\n",
        "            guard acceptBy != nil else { return }\n",
    ),
    Mutation(
        "an offer never lapses",
        "Sources/OpinionFlow/Clocks/Shard+SeatClocks.swift",
        "        if let acceptBy { alarms.reassign = acceptBy }\n",
        "        if acceptBy != nil { alarms.reassign = .distantFuture }\n",
    ),
    Mutation(
        "a take-over gives what was offered",
        "Sources/OpinionWire/State/Seat+State.swift",
        "        if let acceptBy { json.member(\"acceptBy\", acceptBy.milliseconds) }\n",
        "",
    ),
    Mutation(
        "everybody is asked, whether they accept by hand or not",
        "Sources/OpinionFlow/Seating/Shard+Assigning.swift",
        "        guard policy.offersSeats, terms.acceptance == .manual,\n",
        "        guard policy.offersSeats, terms.capacity >= 0,\n",
    ),
    Mutation(
        "the unit of a seat that was delivered stays taken until the report",
        "Sources/OpinionFlow/Request/Shard+Responses.swift",
        "        releaseUnits(handle, index)\n",
        "        if requests.open(handle)?.submission.kind != .panel { releaseUnits(handle, index) }\n",
    ),
    Mutation(
        "a panel is not looked at again when a seat is lost",
        "Sources/OpinionFlow/Request/Shard+Responses.swift",
        "        serveWaiting(with: [id], inNetworkOf: handle)\n"
        "        advanceIfPanel(handle)\n",
        "        serveWaiting(with: [id], inNetworkOf: handle)\n",
    ),
    Mutation(
        "a seat forgets the attempts of those who were asked beside one",
        "Sources/OpinionFlow/Seating/Shard+ParallelOffers.swift",
        "        if !left.contains(where: { $0.attempt == last }) { left[0].lastAttempt = last }\n",
        "        _ = last\n",
    ),
    Mutation(
        "of those who were asked beside whoever accepts one hears nothing",
        "Sources/OpinionFlow/Seating/Shard+ParallelOffers.swift",
        "        for other in others { rescind",
        "        for other in others.dropLast() { rescind",
    ),
    Mutation(
        "a directive is carried out against the rules",
        "Sources/OpinionFlow/Request/Shard+Directives.swift",
        "            if let ineligibility = ineligibility(of: directive.specialist, for: need, handle) {\n",
        "            if let ineligibility = ineligibility(of: directive.specialist, for: need, handle),\n"
        "                ineligibility == .unknown\n"
        "            {\n",
    ),
    Mutation(
        "nobody waits for records",
        "Sources/OpinionFlow/Request/Shard+Submissions.swift",
        "        let awaitsRecords = !policy.records.missing(in: submission).isEmpty\n",
        "        let awaitsRecords = policy.records.missing(in: submission).count > 1\n",
    ),
    Mutation(
        "a dead letter without bytes is overwritten while a commit is under way",
        "Sources/OpinionService/Loop/ShardRuntime.swift",
        "        if filling.isEmpty { filling.takeBuffers(of: spare) }",
        "        if filling.batch.bytes.isEmpty { filling.takeBuffers(of: spare) }",
    ),
    Mutation(
        "a new policy reaches no panel that is open",
        "Sources/OpinionFlow/Policy/Shard+Policy.swift",
        "            collectReviewable(handle)\n"
        "        }\n"
        "        networks",
        "        }\n"
        "        networks",
    ),
    Mutation(
        "when the records came is not kept",
        "Sources/OpinionWire/State/Request+State.swift",
        "        if let recordsAt { json.member(\"recordsAt\", recordsAt.milliseconds) }\n",
        "",
    ),
    Mutation(
        "another record at the same offset is taken for the log that was read",
        "Sources/OpinionService/Kafka/Logs/LogFinding.swift",
        "return found == expected ? .same : .other }",
        "return .same }",
    ),
    Mutation(
        "a log that ends before what was read is taken for the same",
        "Sources/OpinionService/Kafka/Logs/LogFinding.swift",
        "        if high < mark.position { return .other }\n",
        "        if high < mark.position { return .unknown }\n",
    ),
    Mutation(
        "what the last record looked like is not kept",
        "Sources/OpinionService/Loop/State/ShardInputs.swift",
        "        case .requests: last.request = record\n",
        "        case .requests: break\n",
    ),
    Mutation(
        "a log that is made anew while it is read is not noticed",
        "Sources/OpinionService/Loop/Service+Logs.swift",
        "        if !certain.isEmpty, let stop = verdicts.stop(accepting: []) { return fail(stop) }\n",
        "        _ = certain\n",
    ),
    Mutation(
        "what the state says of a log is the newest record, of whatever log",
        "Sources/OpinionService/Kafka/Logs/Anchor.swift",
        "        if fingerprint == nil { fingerprint = newest() }\n",
        "        fingerprint = newest() ?? fingerprint\n",
    ),
    Mutation(
        "the number of shards of the state is asked shard by shard, while others are at work",
        "Sources/OpinionService/Kafka/Start/StateSurvey.swift",
        "        if let stop = countStop(counts, site) { return stop }\n",
        "",
    ),
    Mutation(
        "timers go by the last stable offset, behind which an answer may lie",
        "Sources/OpinionService/Loop/State/ShardInputs.swift",
        "awaited = Ends(requests.high, responses.high, askedAt)",
        "awaited = Ends(requests.stable, responses.stable, askedAt)",
    ),
    Mutation(
        "a dead letter that its topic doesn't take is sent again as it stands",
        "Sources/OpinionService/Loop/Service+Transactions.swift",
        "        if topic == site.name(Topic.deadLetters) { shrinkDeadLetters(of: runtime) }\n",
        "        _ = topic\n",
    ),
    Mutation(
        "offsets that a stranger committed beyond the state are passed over",
        "Sources/OpinionService/Kafka/Start/StateSurvey.swift",
        "            guard let offset = committed[input], applied < offset else { continue }\n",
        "            guard let offset = committed[input], offset < 0 else { continue }\n",
    ),
    Mutation(
        "a group that another service has is taken",
        "Sources/OpinionService/Kafka/Topics/TopicWatch.swift",
        "        guard !topics.isEmpty else { return nil }\n"
        "        return Stop(",
        "        guard topics.count > 99 else { return nil }\n"
        "        return Stop(",
        test="TopicWatchTests",
    ),
    Mutation(
        "a stranger in the group is not told",
        "Sources/OpinionService/Kafka/Topics/TopicWatch.swift",
        "!$0.topics.isEmpty && $0.topics != inputs",
        "!$0.topics.isEmpty && $0.topics.isDisjoint(with: inputs)",
        test="TopicWatchTests",
    ),
    Mutation(
        "an end may take as long as what hangs",
        "Sources/OpinionService/Kafka/Threads/HangWatchdog.swift",
        "Ending(code: reason, latest: HangWatchdog.now + seconds)",
        "Ending(code: reason, latest: .infinity)",
        test="WaitTrackerTests",
    ),
    Mutation(
        "a topic that is missing ends the daemon at once",
        "Sources/OpinionService/Kafka/Topics/TopicWatch.swift",
        "uptime - since < site.topicsWaitSeconds ?",
        "uptime < since ?",
        test="TopicWatchTests",
    ),
    Mutation(
        "a topic that came back is taken for the one that went",
        "Sources/OpinionService/Kafka/Topics/TopicWatch.swift",
        "        guard missingSince.take() != nil else { return .fine }\n"
        "        return .back\n",
        "        missingSince = nil\n"
        "        return .fine\n",
        test="TopicWatchTests",
    ),
    Mutation(
        "a wait has no reason, however long",
        "Sources/OpinionService/Health/WaitTracker.swift",
        "uptime - $0.began > Self.seconds",
        "uptime - $0.began > 1_000 * Self.seconds",
        test="WaitTrackerTests",
    ),
    Mutation(
        "the troubles of a shard stay when it is gone",
        "Sources/OpinionService/Health/TroubleList.swift",
        "toldAt.keys.filter { $0.shard == shard }",
        "toldAt.keys.filter { $0.shard == nil && $0.shard == shard }",
        test="WaitTrackerTests",
    ),
    Mutation(
        "a state that is deleted by age is only warned of",
        "Sources/OpinionService/Kafka/Topics/TopicJudgement.swift",
        "topic.role.topic == Topic.state ? TopicFinding.Severity.refuse : .warn",
        "topic.role.topic == Topic.requests ? TopicFinding.Severity.refuse : .warn",
        test="TopicJudgementTests",
    ),
]


def misfits():
    """Mutations that no longer fit the sources."""
    for mutation in MUTATIONS:
        count = (ROOT / mutation.file).read_text().count(mutation.old)
        if count != 1:
            yield f"{mutation.name}: {count} places in {mutation.file}"


def copy(to):
    for name in SOURCES:
        source, target = ROOT / name, to / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)


def build(directory, configuration):
    """The compiler's errors; None when there are none."""
    command = ["swift", "build", "-c", configuration, "--product", "Simulator"]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    return "\n".join(errors[:3]) or done.stderr if done.returncode else None


def simulate(directory, configuration, seeds, seconds):
    """What caught it, and the seed at which it did; None when nothing did."""
    command = [str(directory / ".build" / configuration / "Simulator"), "--first", str(seeds)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
        code, text = done.returncode, done.stdout
    except subprocess.TimeoutExpired as late:
        code, text = None, (late.stdout or b"").decode()
    lines = text.splitlines()
    seed = next((int(line[5:]) for line in reversed(lines) if re.fullmatch(r"seed \d+", line)), 0)
    if code == 0:
        return None
    if code == 1:
        return lines[-1].split(": ", 1)[1].split("; ")[0], seed
    return ("a run that never ends" if code is None else "a precondition"), seed


def check(directory, test):
    """What caught it among some tests; None when they passed."""
    command = ["swift", "test", "--filter", test]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    failed = [line for line in done.stdout.splitlines() if " recorded an issue" in line]
    return (failed[0].split('"')[1], 0) if done.returncode and failed else None


def plant(mutation, directory):
    path = directory / mutation.file
    text = path.read_text()
    path.write_text(text.replace(mutation.old, mutation.new))
    return lambda: path.write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="only mutations whose name holds one of these")
    parser.add_argument("--check", action="store_true", help="only whether they fit the sources")
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--seconds", type=int, default=300, help="for one mutation's runs at most")
    parser.add_argument("--debug", action="store_true", help="build faster, and simulate slower")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "mutations")
    options = parser.parse_args()
    if bad := list(misfits()):
        sys.exit("\n".join(bad))
    if options.check:
        return print(f"{len(MUTATIONS)} mutations fit the sources")
    options.work.mkdir(parents=True, exist_ok=True)
    copy(options.work)
    missed, configuration = 0, "debug" if options.debug else "release"
    chosen = [m for m in MUTATIONS if not options.names or any(n in m.name for n in options.names)]
    for mutation in chosen:
        undo = plant(mutation, options.work)
        against = None if mutation.test else build(options.work, configuration)
        if mutation.test:
            found = check(options.work, mutation.test)
        else:
            found = None
            if not against:
                found = simulate(options.work, configuration, options.seeds, options.seconds)
        undo()
        missed += found is None
        what, seed = found or (against or "NOT CAUGHT", options.seeds)
        print(f"{seed:5} | {mutation.name} | {what}", flush=True)
    print(f"{len(chosen)} mutations, {len(chosen) - missed} caught")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
