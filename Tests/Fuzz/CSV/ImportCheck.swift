import Complaints

@testable import casekeeper

/// What must hold of the reading of rows as cases, whatever they have in their fields.
enum ImportCheck {
    private static let mapped: [String] = [
        "complaint", "customer.name", "received_at", "channel", "tags", "promise.due_at", "promise.due_in", "severity",
    ]

    private static let readers: [RowReader]? = try? [
        "d MMM yyyy h:mm:ss a XXX", "yyyy/M/d", "dd.MM.yyyy'é'HH:mm:ss.SSS",
    ].map { pattern in
        let plan = try ImportPlan(
            maps: mapped.map { "\($0)=\($0)" },
            valueMaps: ["channel:Café=web", "channel:K=phone"])
        return RowReader(
            plan: try BoundPlan(plan, header: mapped), dates: DateForms(patterns: [try DatePattern(pattern)]))
    }

    /// The claims that do not hold for these records.
    static func violations(_ records: [CSVRecord]) -> [String] {
        guard let readers else { return ["the plan is none"] }
        // Not many of a long file, and each field in the place of every other.
        return records.prefix(20).flatMap { record in
            (0..<mapped.count).flatMap { shift in
                let row = (0..<mapped.count).map { record.fields[($0 + shift) % record.fields.count] }
                return readers.flatMap { violations($0.request(row)) }
            }
        }
    }

    private static func violations(_ request: Incoming<ImportRequest>) -> [String] {
        var wrong: [String] = []
        if request.issues.isEmpty, request.value.complaint.isEmpty { wrong.append("a case without a complaint") }
        if request.value.fields.tags.count > Limits.tags, request.issues.isEmpty { wrong.append("too many tags") }
        for issue in request.issues where issue.detail.isEmpty { wrong.append("\(issue) says too little") }
        return wrong
    }
}
