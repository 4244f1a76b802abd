import CaseAPI
import Complaints

/// Who is on record with the same telephone number or e-mail address as was typed, and what is open of theirs.
struct PossibleDuplicates {
    private let record: PageRecord
    private let customers: [JSONValue]
    /// Whether others have these, too.
    private let isCut: Bool

    /// How many of each are looked for.
    private static let most = "20"

    /// - Parameters:
    ///   - typed: what the form has, by the names of its fields.
    ///   - known: who was chosen already; nil: nobody.
    init(_ record: PageRecord, _ typed: [String: String], known: JSONValue?) throws {
        self.record = record
        if let known {
            (customers, isCut) = ([known], false)
            return
        }
        (customers, isCut) = try record.customers(
            phone: typed["customer/phone"], email: typed["customer/email"], most: Self.most)
    }

    var isEmpty: Bool { customers.isEmpty }

    /// For the template `newcase`.
    ///
    /// - Parameter isChosen: whether the customer was chosen, so that there are only their cases to choose from.
    func values(isChosen: Bool) throws -> [String: Any] {
        [
            "title": isChosen ? Texts.casesOfThem : Texts.possibleDuplicates, "hasRows": !isEmpty,
            "none": Texts.noDuplicates,
            "hint": isChosen ? Texts.chosenHint : Texts.duplicatesHint,
            "open": isChosen ? Texts.openForThem : Texts.openAnother,
            "cut": isCut ? ["text": Texts.moreOfThem] as Any : false,
            "rows": try customers.map { customer -> [String: Any] in
                let id = customer["id"].integer ?? 0
                let cases = try cases(of: id)
                return [
                    "id": id, "number": Texts.customer(id), "name": customer["name"].text ?? "",
                    "phone": customer["phone"].text ?? "", "email": customer["email"].text ?? "",
                    "choose": isChosen ? false : ["id": id, "name": Texts.isThem] as [String: Any],
                    "hasCases": !cases.isEmpty, "noCases": Texts.noOpenCases, "cases": cases,
                ] as [String: Any]
            },
        ]
    }

    private func cases(of customer: Int64) throws -> [[String: Any]] {
        let list = try record.unlessRefused {
            try record.get(
                "/v1/customers/\(customer)/cases",
                [
                    ("status", "open"), ("sort", "-opened_at"), ("limit", Self.most),
                    ("fields", "id,subject,complaint,owner,status,severity,overdue_since,opened_at"),
                ])
        }
        let clock = PageClock(record)
        return (list?["items"].items ?? []).map { item in
            let id = item["id"].integer ?? 0
            var values: [String: Any] = [
                "id": id, "link": CasePage.path(of: String(id)),
                "subject": item["subject"].text ?? Texts.firstWords(of: item["complaint"].text ?? ""),
                "state": Texts.state(ofCase: item),
                "choose": Texts.isThisCase,
            ]
            if let opened = clock.moment(item["opened_at"]) { values["opened"] = opened }
            return values
        }
    }
}

extension PageRecord {
    /// Who is on record with that telephone number or that e-mail address, each once, and whether there are more: nobody for what is nil
    /// or empty.
    func customers(phone: String?, email: String?, most: String) throws -> (found: [JSONValue], isCut: Bool) {
        var (found, isCut): ([JSONValue], Bool) = ([], false)
        for (parameter, value) in [("q", phone), ("email", email)] {
            guard let value, !value.isEmpty else { continue }
            // What can't be searched for finds nobody; what is wrong with it is told as it is sent.
            let list = try unlessRefused { try get("/v1/customers", [(parameter, value), ("limit", most)]) }
            if let list, !list["next"].isNull { isCut = true }
            for customer in list?["items"].items ?? [] where !found.contains(where: { $0["id"] == customer["id"] }) {
                found.append(customer)
            }
        }
        return (found, isCut)
    }

    /// What a reading comes to; nil where the API refuses it.
    func unlessRefused(_ read: () throws -> JSONValue) throws -> JSONValue? {
        do {
            return try read()
        } catch is PageProblem {
            return nil
        }
    }
}
