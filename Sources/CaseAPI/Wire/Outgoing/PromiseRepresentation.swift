import CaseStore
import Complaints

extension JSONWriter {
    /// A promise as of an instant, with as much of its case as somebody needs who is about to call.
    /// `advice` is for whoever just made it.
    mutating func write(
        _ promise: Promise, of summary: CaseSummary, at now: Instant, _ advice: PromiseAdvice? = nil
    ) {
        let state = promise.state(at: now)
        object { json in
            json.member("id", promise.id)
            json.member("case_id", promise.caseID)
            json.member("kind", promise.kind)
            json.member("what", promise.what)
            json.member("by", promise.by)
            json.member("to", promise.to)
            json.member("owner", promise.owner)
            json.member("made_by", promise.madeBy)
            json.member("made_at", promise.madeAt)
            json.member("told_at", promise.told?.at)
            json.member("channel", promise.channel)
            json.member("due_at", promise.dueAt)
            json.member("original_due_at", promise.originalDueAt)
            json.member("due_explained", promise.dueExplained)
            json.member("state", state)
            json.member("overdue", state == .overdue)
            json.writeSettlement(of: promise)
            json.member("slips", promise.slips)
            json.member("total_slip_seconds", promise.totalSlip.wholeSeconds)
            json.member("supersedes", promise.supersedes)
            json.member("superseded_by", promise.supersededBy)
            json.member("reason", promise.reason)
            json.member("next_step", promise.nextStep)
            json.write(promise.customerNotified)
            json.member("accepted_at", promise.acceptance?.acceptedAt)
            json.member("waits_for_acceptance", promise.waitsForAcceptance)
            json.member("concession", promise.concession)
            json.member("imported", promise.imported)
            if let advice { json.writeFields(of: advice) }
            json.member("case", object: { $0.writeFields(of: summary) })
        }
    }

    /// As members of the object that is being written.
    private mutating func writeFields(of advice: PromiseAdvice) {
        if let load = advice.load {
            member(
                "load",
                object: { json in
                    json.member("owner", load.owner)
                    json.member("day", load.day)
                    json.member("due_that_day", load.dueThatDay)
                    json.member("overdue", load.overdue)
                    json.member("kept_rate", load.keptRate)
                })
        } else {
            member("load", nil as String?)
        }
        member("warnings", objects: advice.warnings) { json, warning in
            json.member("code", warning.code)
            json.member("detail", warning.detail)
        }
    }

    private mutating func writeSettlement(of promise: Promise) {
        member("kept_at", promise.keptAt)
        member("recorded_at", promise.settlement?.recordedAt)
        member("settled_by", promise.settlement?.by)
        member("evidence", promise.settlement?.evidence)
        member("backdated", promise.isBackdated)
        member("late_seconds", promise.lateness?.wholeSeconds)
    }

    private mutating func write(_ notice: CustomerNotice?) {
        guard let notice else { return member("customer_notified", nil as String?) }
        member(
            "customer_notified",
            object: { json in
                json.member("channel", notice.channel)
                json.member("outcome", notice.outcome)
                json.member("at", notice.at)
            })
    }

    /// As members of the object that is being written.
    mutating func writeFields(of summary: CaseSummary) {
        member("id", summary.id)
        member("external_id", summary.externalID)
        member("subject", summary.subject)
        member("severity", summary.severity)
        member("mood", summary.mood)
        member(
            "customer",
            object: { json in
                json.member("id", summary.customer.id)
                json.member("name", summary.customer.name)
                json.member("phone", summary.customer.phone)
                json.member("email", summary.customer.email)
            })
    }
}

extension Promise {
    var keptAt: Instant? {
        if case .kept(let at) = settlement?.outcome { at } else { nil }
    }

    fileprivate var supersededBy: Int64? {
        if case .superseded(_, let id) = settlement?.outcome { id } else { nil }
    }
}

extension ListForm<PromiseRow> {
    static let promises = ListForm(
        json: { json, row, now in json.write(row.promise, of: row.summary, at: now) },
        columns: promiseColumns + settlementColumns + caseColumns)

    private static let promiseColumns: [CSVColumn<PromiseRow>] = [
        CSVColumn("id") { .integer($0.promise.id) },
        CSVColumn("case_id") { .integer($0.promise.caseID) },
        CSVColumn("kind") { .word($0.promise.kind) },
        CSVColumn("what") { .text($0.promise.what) },
        CSVColumn("by") { .word($0.promise.by) },
        CSVColumn("to") { .word($0.promise.to) },
        CSVColumn("owner") { .text($0.promise.owner) },
        CSVColumn("made_by") { .text($0.promise.madeBy) },
        CSVColumn("made_at") { .instant($0.promise.madeAt) },
        CSVColumn("told_at") { .instant($0.promise.told?.at) },
        CSVColumn("channel") { .word($0.promise.channel) },
        CSVColumn("due_at") { .instant($0.promise.dueAt) },
        CSVColumn("original_due_at") { .instant($0.promise.originalDueAt) },
        CSVColumn("due_explained") { .text($0.promise.dueExplained) },
        CSVColumn("state") { .word($0.promise.state(at: $1)) },
        CSVColumn("overdue") { .flag($0.promise.state(at: $1) == .overdue) },
    ]

    private static let settlementColumns: [CSVColumn<PromiseRow>] = [
        CSVColumn("kept_at") { .instant($0.promise.keptAt) },
        CSVColumn("recorded_at") { .instant($0.promise.settlement?.recordedAt) },
        CSVColumn("settled_by") { .text($0.promise.settlement?.by) },
        CSVColumn("evidence") { .text($0.promise.settlement?.evidence) },
        CSVColumn("backdated") { .flag($0.promise.isBackdated) },
        CSVColumn("late_seconds") { .integer($0.promise.lateness?.wholeSeconds) },
        CSVColumn("slips") { .integer(Int64($0.promise.slips)) },
        CSVColumn("total_slip_seconds") { .integer($0.promise.totalSlip.wholeSeconds) },
        CSVColumn("supersedes") { .integer($0.promise.supersedes) },
        CSVColumn("superseded_by") { .integer($0.promise.supersededBy) },
        CSVColumn("reason") { .text($0.promise.reason) },
        CSVColumn("next_step") { .text($0.promise.nextStep) },
        CSVColumn("customer_notified_channel") { .word($0.promise.customerNotified?.channel) },
        CSVColumn("customer_notified_outcome") { .word($0.promise.customerNotified?.outcome) },
        CSVColumn("customer_notified_at") { .instant($0.promise.customerNotified?.at) },
        CSVColumn("accepted_at") { .instant($0.promise.acceptance?.acceptedAt) },
        CSVColumn("waits_for_acceptance") { .flag($0.promise.waitsForAcceptance) },
        CSVColumn("concession") { .integer($0.promise.concession) },
        CSVColumn("imported") { .flag($0.promise.imported) },
    ]

    private static let caseColumns: [CSVColumn<PromiseRow>] = [
        CSVColumn("case_external_id") { .text($0.summary.externalID) },
        CSVColumn("case_subject") { .text($0.summary.subject) },
        CSVColumn("case_severity") { .word($0.summary.severity) },
        CSVColumn("case_mood") { .word($0.summary.mood) },
        CSVColumn("customer_id") { .integer($0.summary.customer.id) },
        CSVColumn("customer_name") { .text($0.summary.customer.name) },
        CSVColumn("customer_phone") { .text($0.summary.customer.phone) },
        CSVColumn("customer_email") { .text($0.summary.customer.email) },
    ]
}
