import Complaints

extension JSONWriter {
    /// A case with its promises and derived fields, as of an instant, and with guidance where that was asked for.
    mutating func write(_ file: CaseFile, at now: Instant, _ guidance: Guidance? = nil) {
        let record = file.record
        let timeline = file.timeline(at: now)
        object { json in
            json.member("id", record.id)
            json.member("external_id", record.fields.externalID)
            json.member("subject", record.fields.subject)
            json.member("complaint", record.complaint)
            json.member("customer", object: { $0.writeFields(of: record.customer) })
            json.write(record.fields)
            json.member("mood_trend", record.moodTrend)
            json.member("escalated", file.isWaiting(.escalation))
            json.member("unassessed_threats", file.waitingCount(.threat))
            json.member("pending_concessions", file.waitingCount(.concession))
            json.member("relationship", record.customer.relationship?.decision)
            json.member("status", record.status)
            json.member("received_at", record.receivedAt)
            json.member("opened_at", record.openedAt)
            json.member("resolved_at", record.resolvedAt)
            json.member("closed_at", record.closedAt)
            json.member("hard_deadline", record.fields.hardDeadline)
            json.member("imported", record.imported)
            json.member("version", record.version)
            json.member("updated_at", record.updatedAt)
            json.member("overdue", timeline.isOverdue)
            json.member("overdue_since", timeline.overdueSince)
            json.member("next_due_at", timeline.nextDueAt)
            json.member("ever_broken", timeline.everBroken)
            json.member("silent", timeline.isSilent)
            json.member("promise_counts", object: { $0.write(timeline.counts) })
            json.member(
                "promises",
                array: { json in
                    for promise in file.promises {
                        json.write(promise, of: record.summary, at: now, file.advice[promise.id])
                    }
                })
            if let guidance { json.member("guidance", { $0.write(guidance) }) }
        }
    }

    private mutating func write(_ fields: CaseFields) {
        member("channel", fields.channel)
        member("category", fields.category)
        member("tags", array: { json in for tag in fields.tags { json.value(tag) } })
        member("severity", fields.severity)
        member("mood", fields.mood)
        member("desired_outcome", fields.desiredOutcome)
        member(fields.estimate)
        member("owner", fields.owner)
        member("team", fields.team)
        member("supervisor", fields.supervisor)
    }

    /// As a member of the object that is being written.
    mutating func member(_ estimate: Estimate?) {
        guard let estimate else { return member("estimate", nil as String?) }
        member(
            "estimate",
            object: { json in
                json.member("from", estimate.from.text)
                json.member("to", estimate.to.text)
            })
    }

    private mutating func write(_ counts: PromiseCounts) {
        for state in PromiseState.allCases { member(named: state.rawValue, Int64(counts[state])) }
    }
}

extension ListForm<CaseFile> {
    static let cases = ListForm(
        json: { json, file, now in json.write(file, at: now) },
        columns: recordColumns + derivedColumns + countColumns)

    private static let recordColumns: [CSVColumn<CaseFile>] = [
        CSVColumn("id") { .integer($0.record.id) },
        CSVColumn("external_id") { .text($0.record.fields.externalID) },
        CSVColumn("subject") { .text($0.record.fields.subject) },
        CSVColumn("complaint") { .text($0.record.complaint) },
        CSVColumn("customer_id") { .integer($0.record.customer.id) },
        CSVColumn("customer_name") { .text($0.record.customer.name) },
        CSVColumn("customer_email") { .text($0.record.customer.email) },
        CSVColumn("customer_phone") { .text($0.record.customer.phone) },
        CSVColumn("customer_external_id") { .text($0.record.customer.externalID) },
        CSVColumn("channel") { .word($0.record.fields.channel) },
        CSVColumn("category") { .text($0.record.fields.category) },
        CSVColumn("tags") { .text($0.record.fields.tags.joined(separator: "; ")) },
        CSVColumn("severity") { .word($0.record.fields.severity) },
        CSVColumn("mood") { .word($0.record.fields.mood) },
        CSVColumn("desired_outcome") { .text($0.record.fields.desiredOutcome) },
        CSVColumn("estimate_from") { .text($0.record.fields.estimate?.from.text) },
        CSVColumn("estimate_to") { .text($0.record.fields.estimate?.to.text) },
        CSVColumn("owner") { .text($0.record.fields.owner) },
        CSVColumn("team") { .text($0.record.fields.team) },
        CSVColumn("supervisor") { .text($0.record.fields.supervisor) },
        CSVColumn("mood_trend") { .word($0.record.moodTrend) },
        CSVColumn("escalated") { .flag($0.isWaiting(.escalation)) },
        CSVColumn("unassessed_threats") { .integer(Int64($0.waitingCount(.threat))) },
        CSVColumn("pending_concessions") { .integer(Int64($0.waitingCount(.concession))) },
        CSVColumn("relationship") { .word($0.record.customer.relationship?.decision) },
        CSVColumn("status") { .word($0.record.status) },
        CSVColumn("received_at") { .instant($0.record.receivedAt) },
        CSVColumn("opened_at") { .instant($0.record.openedAt) },
        CSVColumn("resolved_at") { .instant($0.record.resolvedAt) },
        CSVColumn("closed_at") { .instant($0.record.closedAt) },
        CSVColumn("hard_deadline") { .instant($0.record.fields.hardDeadline) },
        CSVColumn("imported") { .flag($0.record.imported) },
        CSVColumn("version") { .integer($0.record.version) },
        CSVColumn("updated_at") { .instant($0.record.updatedAt) },
    ]

    private static let derivedColumns: [CSVColumn<CaseFile>] = [
        CSVColumn("overdue") { .flag($0.timeline(at: $1).isOverdue) },
        CSVColumn("overdue_since") { .instant($0.timeline(at: $1).overdueSince) },
        CSVColumn("next_due_at") { .instant($0.timeline(at: $1).nextDueAt) },
        CSVColumn("ever_broken") { .flag($0.timeline(at: $1).everBroken) },
        CSVColumn("silent") { .flag($0.timeline(at: $1).isSilent) },
    ]

    private static let countColumns: [CSVColumn<CaseFile>] = PromiseState.allCases.map { state in
        CSVColumn("promises_" + state.rawValue) { .integer(Int64($0.timeline(at: $1).counts[state])) }
    }
}
