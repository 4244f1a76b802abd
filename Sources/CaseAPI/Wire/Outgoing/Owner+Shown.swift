import Complaints

extension OwnerRecord {
    /// What there is of somebody who keeps promises.
    static let shown: [Shown<OwnerRecord>] = named + carried

    private static let named: [Shown<OwnerRecord>] = [
        .text("name", "What promises and cases call them.") { $0.name },
        .text("email", OwnerFields.meaning(of: "email")) { $0.fields.email },
        .text("team", OwnerFields.meaning(of: "team")) { $0.fields.team },
        .text("time_zone", OwnerFields.meaning(of: "time_zone")) { $0.fields.timeZone },
        .flag("active", OwnerFields.meaning(of: "active")) { $0.fields.active },
        .flag("absent", "Whether nothing new is for them to do: they are not active, or away on the day of as_of.") {
            $0.isAbsent
        },
        .objectOrNull(
            "absence", "When they are away; null where they are not to be, and once that is over.", columns: "absence_",
            of: AbsentOwner.shown, schema: .named("OwnerAbsence")
        ) { record in record.absence.map { AbsentOwner(absence: $0, due: record.dueInAbsence) } },
    ]

    private static let carried: [Shown<OwnerRecord>] = [
        .value("token_ids", .array(.id), "The tokens that act as them, of those that are valid.") {
            ListedIDs(ids: $0.tokenIDs)
        },
        .count("open_cases", "Cases of theirs that are open.") { $0.openCases },
        .count("open", "Promises to customers that they have to keep, and that are not past due.") { $0.open },
        .count("overdue", "Those past due.") { $0.overdue },
        .count("due_today", "Those of both that are due on the day of as_of where they are.") { $0.dueToday },
        .instant(
            "recorded_at", "Since when the service knows of them; null for whoever only has something in their name."
        ) {
            $0.named?.recordedAt
        },
        .instant("updated_at", "When a field of theirs last changed.") { $0.named?.updatedAt },
        .count("version", "1, and one more with every change; 0 for whoever was never named.") {
            $0.owner?.version ?? 0
        },
    ]
}

/// An absence with what is due in it.
struct AbsentOwner {
    let absence: Absence
    let due: Int

    static let shown: [Shown<AbsentOwner>] = [
        .value("from", .date, "The first date, where they are.") { $0.absence.from.iso8601 },
        .value("until", .date, "The last date.") { $0.absence.until.iso8601 },
        .text("stand_in", "Whom to turn to meanwhile; null: nobody in particular.") { $0.absence.standIn },
        .count(
            "due",
            "How many unsettled promises of theirs, to customers and to ourselves, are due in it: in_absence=true of "
                + "/v1/promises lists them."
        ) { $0.due },
    ]
}

extension OwnerRecord {
    /// Nil for whoever was never named.
    private var named: Owner? { owner.flatMap { $0.isNamed ? $0 : nil } }
}

/// Ids, as a list.
struct ListedIDs: ShownValue {
    let ids: [Int64]

    func write(to json: inout JSONWriter) {
        json.needsComma = false
        json.array { json in for id in ids { json.value(id) } }
    }

    var cell: CSVCell { .text(ids.map(String.init).joined(separator: " ")) }
}

extension ItemForm<OwnerRecord> {
    static let owner = ItemForm(OwnerRecord.shown)
}

extension ListForm<OwnerRecord> {
    static let owners = ListForm(.owner)
}
