internal import OpinionFlow
internal import OpinionService
internal import OpinionWire

/// Settings that are right by themselves and that no event can ever meet.
struct SettingsFindings {
    let settings: Settings

    /// A line for each, with what would be right.
    func tell(_ report: inout CheckReport) {
        tellOffers(&report)
        tellDisciplines(&report)
        for key in [SettingKey.recordsRequired] + SettingKey.recordsByFamily {
            tell(key, &report, "no record can be of that class: takes \(Self.id)") {
                !Shape.isID($0)
            }
        }
        tell(.gateResidences, &report, "no patient can live there: takes codes as IN or IN-KA") {
            !Shape.isJurisdiction($0)
        }
    }

    private func tellOffers(_ report: inout CheckReport) {
        guard settings.policy.offersAtOnce > 1, !settings.policy.offersSeats else { return }
        report.warn(
            "settings",
            "\(SettingKey.offersAtOnce.name) \(settings.policy.offersAtOnce): nobody is asked in mode "
                + "assign: takes \(SettingKey.mode.name) offer"
        )
    }

    private func tellDisciplines(_ report: inout CheckReport) {
        for key in [SettingKey.panelFirst, .pathologyDisciplines, .imagingDisciplines] {
            tell(key, &report, "nobody can have that discipline: takes \(Self.id), without ?") {
                !Shape.isID($0) || $0.hasSuffix("?")
            }
        }
        for key in SettingKey.panelSeats {
            tell(key, &report, "nobody can have that discipline: takes \(Self.id), one ? behind") {
                let discipline = PanelPolicy.Place($0).discipline
                return !Shape.isID(discipline) || discipline.hasSuffix("?")
            }
            let places = settings.list(key)
            guard !places.contains(where: { PanelPolicy.Place($0).isRequired }) else { continue }
            report.warn(
                "settings",
                "\(key.name) \"\(places.joined(separator: ", "))\": the report waits for none of "
                    + "those who advise: leave the ? off one of them at least"
            )
        }
    }

    /// A line for each item of a list that is wrong.
    private func tell(
        _ key: SettingKey,
        _ report: inout CheckReport,
        _ message: String,
        where isWrong: (String) -> Bool
    ) {
        for item in settings.list(key) where isWrong(item) {
            report.warn("settings", "\(key.name) \"\(item)\": \(message)")
        }
    }

    private static let id = "1 to 128 printable ASCII characters, no space"
}
