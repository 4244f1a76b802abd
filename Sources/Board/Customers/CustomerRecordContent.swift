import CaseAPI
import Complaints

/// What there is on the page of a customer, from what the API says of them.
struct CustomerRecordContent {
    private let record: PageRecord
    private let id: Int64
    private let asOf: Instant?
    private let clock: PageClock
    private let customer: JSONValue
    /// Which state of the customer is shown.
    private let tag: String?

    /// How many of each list it shows.
    private static let (casesAtOnce, latestEntries, mostTwins) = ("50", "50", "20")

    /// - Throws: `PageProblem` where there is no such customer.
    init(_ record: PageRecord, _ id: Int64, asOf: Instant?) throws {
        self.record = record
        self.id = id
        self.asOf = asOf
        clock = PageClock(record)
        (customer, tag) = try record.read("/v1/customers/\(id)", [("as_of", asOf?.rfc3339)])
    }

    /// For the template `customer`.
    ///
    /// - Parameters:
    ///   - open: the form that is open.
    ///   - sent: what was sent of it, and `problem`: why it was refused.
    /// - Throws: errors of the store, and `PageProblem` where the address asks for what there is not.
    func values(open: CustomerForm?, sent: SentForm<CustomerForm>?, problem: PageProblem?) throws -> [String: Any] {
        var values: [String: Any] = [
            "title": Texts.customerRecord(id), "name": customer["name"].text ?? "", "facts": facts,
            "figures": Texts.customerFigures(customer),
            "casesTitle": Texts.cases, "logTitle": Texts.log,
            "isKnown": true, "joinedText": Texts.joined,
        ]
        if let problem, sent == nil {
            values["problem"] = Notice(problem, in: clock.zone, labels: open?.labels ?? [:]).values
        }
        if let done = record.call.flashed.flatMap(Texts.doneWithCustomer), problem == nil { values["done"] = done }
        if let phone = customer["phone"].text { values["phone"] = ["number": phone, "link": Link.telephone(phone)] }
        if let email = customer["email"].text { values["email"] = email }
        if customer["vulnerable"].isTrue { values["vulnerable"] = Texts.vulnerable }
        if let other = customer["merged_into"].integer {
            values["merged"] =
                [
                    "text": Texts.isSeenIn, "link": clock.link(CustomerRecordPage.path(of: other)),
                    "name": Texts.customer(other),
                ] as [String: Any]
        }
        try addLists(to: &values)
        guard asOf == nil else { return values }
        let forms = CustomerForm.allCases.filter { $0.isThere(for: customer, record.call.visitor) }
        values["actions"] = forms.map { form in
            ["name": form.button, "link": Link.to(CustomerRecordPage.path(of: id), [("form", form.name)])]
        }
        if forms.contains(.merge), let twins = try twins() { values["twins"] = twins }
        // One that was sent comes back, whatever has become of the customer meanwhile.
        if let open, sent != nil || forms.contains(open) {
            values["form"] = try form(open, sent, problem)
        } else if let open, problem == nil {
            let role = record.call.visitor?.role ?? .reader
            let needed = open.body.role ?? .reader
            values["problem"] =
                Notice(
                    Texts.notThere(open.button),
                    role < needed ? Texts.isForRole(needed, not: role) : Texts.isAnotherOrNobody
                ).values
        }
        return values
    }

    /// What is known of them at a glance.
    private var facts: [[String: Any]] {
        func fact(_ label: String, _ value: String) -> [String: Any] {
            ["label": label, "value": value, "time": false]
        }
        var facts = Texts.customerFacts.compactMap { name, label in customer[name].text.map { fact(label, $0) } }
        let needs = customer["needs"].items.compactMap(\.text)
        if !needs.isEmpty { facts.append(fact(Texts.needs, needs.joined(separator: ", "))) }
        if let since = clock.moment(customer["recorded_at"]) {
            facts.append(fact(Texts.onRecordSince, "").merging(["time": since]) { $1 })
        }
        if let decided = customer["relationship"]["decision"].text {
            facts.append(fact(Texts.relationship, Texts.word(decided)))
        }
        if customer["ever_broken"].isTrue { facts.append(fact(Texts.everBroken, Texts.yes)) }
        return facts
    }

    private func addLists(to values: inout [String: Any]) throws {
        let shown = asOf?.rfc3339
        let cursor = record.call.head.parameter("cursor")
        let cases = try record.get(
            "/v1/customers/\(id)/cases",
            [
                ("limit", Self.casesAtOnce), ("fields", CaseRow.fields), ("cursor", cursor),
                ("as_of", cursor == nil ? shown : nil),
            ])
        values["cases"] =
            [
                "caption": Texts.cases, "columns": Texts.caseColumns, "none": Texts.none,
                "hasRows": !cases["items"].items.isEmpty,
                "rows": cases["items"].items.map { CaseRow($0, clock).values },
            ] as [String: Any]
        if let next = cases["next"].text {
            let query = [("as_of", shown), ("cursor", next)]
            values["moreCases"] = [
                "link": Link.to(CustomerRecordPage.path(of: id), query), "name": Texts.nextPage,
            ]
        }
        let history = try record.get(
            "/v1/customers/\(id)/history", [("sort", "-log"), ("limit", Self.latestEntries), ("as_of", shown)])
        values["log"] = history["items"].items.map { EntryRow($0, clock).values(withCase: true) }
        if !history["next"].isNull { values["older"] = Texts.moreOfLog }
        values["joined"] = joined(history["items"].items).map { other in
            ["link": clock.link(CustomerRecordPage.path(of: other)), "name": Texts.customer(other)]
        }
    }

    /// Who is seen in this one, by the latest of what happened, the newest first: of each the last word counts.
    private func joined(_ history: [JSONValue]) -> [Int64] {
        var known: Set<Int64> = []
        return history.compactMap { entry in
            guard let kind = entry["kind"].text.flatMap(LogKind.init(rawValue:)),
                kind == .customerMerged || kind == .customerUnmerged, let other = entry["from"].integer, other != id,
                known.insert(other).inserted
            else { return nil }
            return kind == .customerMerged ? other : nil
        }
    }

    /// That what is empty here is shown as it is known of others who are seen in this one; nil where there are none.
    private var inherits: String? {
        get throws {
            let history = try record.get(
                "/v1/customers/\(id)/history", [("sort", "-log"), ("limit", Self.latestEntries)])
            let others = joined(history["items"].items)
            return others.isEmpty ? nil : Texts.inheritsFrom(others.map(Texts.customer))
        }
    }

    /// Who is meant by the number that stands in the form of a merge, as they are now.
    private func target(_ number: String?) throws -> String? {
        guard let number, let other = RecordID(number) else { return nil }
        let found = try record.unlessRefused { try record.get("/v1/customers/\(other.value)") }
        return found.map { found in
            Texts.thatIs([found["name"], found["phone"], found["email"]].compactMap(\.text).joined(separator: ", "))
        }
    }

    /// Who else is on record with the same telephone number or e-mail address, and may be them; nil where that is nobody.
    private func twins() throws -> [String: Any]? {
        let (all, isCut) = try record.customers(
            phone: customer["phone"].text, email: customer["email"].text, most: Self.mostTwins)
        let found = all.filter { $0["id"].integer != id }
        guard !found.isEmpty else { return nil }
        return [
            "title": Texts.perhapsTheSame, "cut": isCut ? ["text": Texts.moreOfThem] as Any : false,
            "rows": found.map { other -> [String: Any] in
                let otherID = other["id"].integer ?? 0
                let query = [("form", CustomerForm.merge.name), ("into", String(otherID))]
                return [
                    "link": clock.link(CustomerRecordPage.path(of: otherID)), "number": Texts.customer(otherID),
                    "name": other["name"].text ?? "", "phone": other["phone"].text ?? "",
                    "email": other["email"].text ?? "",
                    "merge": Link.to(CustomerRecordPage.path(of: id), query), "isThem": Texts.isThem,
                ]
            },
        ]
    }

    private func form(
        _ form: CustomerForm, _ sent: SentForm<CustomerForm>?, _ problem: PageProblem?
    ) throws -> [String: Any] {
        let isStale = problem?.code.utf8.elementsEqual("stale".utf8) ?? false
        let changes =
            isStale
            ? try ChangedSince(
                record, "/v1/customers/\(id)", customer, seen: sent?.fields["seen"], clock: clock)
            : nil
        let known = record.call.head.parameter("into").map { ["into": $0] } ?? [:]
        let hints = [
            Texts.customerHint(form.name), try target(sent?.fields["into"] ?? known["into"]),
            form.isEdit && customer["merged_into"].isNull ? try inherits : nil,
        ]
        return [
            "title": form.button, "hint": hints.compactMap(\.self).joined(separator: " "),
            "form": form.content(
                at: CustomerRecordPage.path(of: id), of: customer, known: known, isOpened: true,
                formToken: record.call.formToken,
                tag: tag, asOf: record.asOf, sent: sent?.fields, problem: problem, changes: changes,
                zone: clock.zone),
        ]
    }
}
