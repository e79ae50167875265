/// The names that a pointer may hold: those of the schemas of what comes in.
///
/// Any other name is the sender's, and could say whom a request is about.
package enum MemberNames {
    /// Every property of every such schema, at any depth.
    package static let all: Set<String> = [
        "acceptsOffers", "active", "ageScope", "answers", "assignmentId", "availability",
        "birthYear", "capacity", "category", "class", "code", "complete", "conditions",
        "confidence", "consent", "dailyAssignments", "data", "data_base64",
        "datacontenttype", "dataschema", "declaredConflicts", "declineReason", "diagnosis",
        "disciplines", "dueBy", "ecog", "excludedSpecialists", "expertise", "family",
        "firstOpinion", "from", "id", "imaging-review", "impact", "jurisdiction", "kind",
        "language", "languages", "level", "licences", "max", "min", "morphology",
        "networkId", "notAvailable", "operatorId", "opinion", "organisationId", "panel",
        "pathology-review", "patient", "perKind", "practiceGroupId", "practiceGroupIds",
        "practitionerId", "preferences", "priority", "questionId", "questions", "reason",
        "records", "ref", "reportRef", "requestId", "residence", "role", "seatId", "sex",
        "sha256", "signedAt", "single", "source", "specialistId", "specialistLevel",
        "specialistSex", "specversion", "stageGroup", "subject", "system", "textRef",
        "time", "to", "treatment", "type", "units", "until", "verdict", "weeklyAssignments",
    ]

    /// A JSON pointer of a lenient reader as far as its names are known; numbers are places in lists.
    package static func known(_ pointer: String) -> String {
        var known = ""
        for name in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard all.contains(String(name)) || isPlace(name) else { break }
            known += "/" + name
        }
        return known
    }

    private static func isPlace(_ name: Substring) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy(\.isDigit)
    }
}
