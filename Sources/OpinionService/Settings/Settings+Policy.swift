internal import Crypto
internal import Foundation
package import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

// The policy that the settings of `matching` make.
extension Settings {
    /// The policy, with the SHA-256 that is in every decision.
    package var policy: Policy {
        var policy = Policy(name: text(.policyName), sha256: policyHash)
        policy.matching = MatchingPolicy(
            minimumLevel: number(.minimumLevel),
            checksLicences: flag(.licensing),
            candidatesMax: number(.candidates),
            keepsScarce: flag(.keepScarce)
        )
        policy.matching.preferences = preferences
        policy.matching.verdictsMax = text(.decisions) == "full" ? Self.verdictsMax : 0
        policy.dueDays = SettingKey.dueDays.map(number)
        policy.headStart = Int64(number(.headStartHours)) * 3_600_000
        policy.pathologyDisciplines = list(.pathologyDisciplines)
        policy.imagingDisciplines = list(.imagingDisciplines)
        policy.clocks = clocks
        policy.expiresAfter = Int64(number(.expireDays)) * Day.milliseconds
        policy.records = records
        policy.gates = gates
        policy.panels = panels
        policy.offersSeats = text(.mode) == "offer"
        policy.offersAtOnce = number(.offersAtOnce)
        policy.costs = costs
        policy.workloadPause = Int64(number(.workloadPauseHours)) * 3_600_000
        policy.retention = Int64(number(.retentionDays)) * Day.milliseconds
        policy.refusesStale = flag(.refuseStale)
        return policy
    }

    /// So many are told in a record of half the bytes that brokers take.
    private static let verdictsMax = 1_000

    private var clocks: ClockPolicy {
        var clocks = ClockPolicy()
        for limit in SettingKey.clockLimits {
            clocks[limit.clock][keyPath: limit.path] = limit.keys.map {
                Int64(number($0)) * 3_600_000
            }
        }
        return clocks
    }

    private var records: RecordsPolicy {
        var records = RecordsPolicy()
        records.required = list(.recordsRequired)
        for (family, key) in zip(CancerFamily.allCases, SettingKey.recordsByFamily)
        where !list(key).isEmpty {
            records.byFamily[family] = list(key)
        }
        return records
    }

    private var gates: GatePolicy {
        var gates = GatePolicy()
        gates.ages = number(.gateMinAge)...number(.gateMaxAge)
        gates.residences = list(.gateResidences)
        gates.needsConsent = flag(.gateConsent)
        return gates
    }

    private var preferences: PreferencePolicy {
        var preferences = PreferencePolicy()
        preferences.weights = SIMD4(SettingKey.wishWeights.map(number))
        preferences.lasts = SIMD4(SettingKey.wishHours.map { Int64(number($0)) * 3_600_000 })
        return preferences
    }

    private var costs: CostPolicy {
        var costs = CostPolicy()
        for (cost, key) in zip(CostPolicy.all, SettingKey.costs) {
            costs[keyPath: cost] = number(key)
        }
        return costs
    }

    private var panels: PanelPolicy {
        var panels = PanelPolicy()
        panels.first = list(.panelFirst)
        panels.quorum = number(.panelQuorum)
        panels.perOrganisation = number(.panelPerOrganisation)
        panels.adjudicates = flag(.panelAdjudicate)
        for (family, key) in zip(CancerFamily.allCases, SettingKey.panelSeats) {
            panels.templates[family] = list(key).map(PanelPolicy.Place.init)
        }
        return panels
    }

    /// What the policy's hash is taken of: a line `key=value` for each setting of `matching`, sorted,
    /// then `families=` and the table of families.
    var canonicalPolicy: String {
        SettingKey.all.filter { $0.section == "matching" }
            .map { "\($0.name)=\(value($0).canonical)\n" }
            .sorted()
            .joined() + "families=\(ICD10Table.canonical)"
    }

    private var policyHash: String {
        SHA256.hash(data: Data(canonicalPolicy.utf8)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
