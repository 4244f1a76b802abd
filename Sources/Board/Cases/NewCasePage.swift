import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/board/cases/new`: a form with what `POST /v1/cases` takes. It is sent twice: first it shows who is on record with the same
/// telephone number or address and what is open of theirs, and then it opens the case. Who is on record can be chosen with a button,
/// and so can a case of theirs, which then gets the complaint as a statement of the customer.
enum NewCasePage {
    static let path = "/board/cases/new"

    static let body = BodyFields(.post, "/v1/cases")
    /// What its buttons send besides: the number of a customer, or of a case.
    private static let (known, same) = ("known", "same")
    /// What names the customer where they are on record.
    private static let customerID = "customer/id"

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters()
        return view(call, Sent(zone: call.deskZone), nil)
    }

    static func send(_ call: PageCall, _ form: FormFields) throws -> PageStep {
        guard let zone = call.zone(of: form) else {
            let problem = PageProblem.unreadable(Texts.unknownZone(form[BodyFields.zone] ?? ""))
            return .view(view(call, Sent(form, zone: call.deskZone), problem))
        }
        var sent = Sent(form, zone: zone)
        guard !form.isKept else { return .view(view(call, sent, form.keptProblem)) }
        if let id = form[known] {
            sent.choose(id)
            return .view(view(call, sent, nil))
        }
        guard sent.isChecked else {
            // What is wrong is said before anybody is looked for.
            sent.faults = NewCaseForm.faults(in: sent.typed, zone: zone)
            sent.isChecked = sent.faults.isEmpty
            return .view(view(call, sent, nil))
        }
        if let id = form[same] { return .change(statement(call, sent, to: id)) }
        let reading = FormReading(zone: zone, now: call.now, durations: Texts.durations)
        return .change(
            PageChange(
                FormRequest(.post, "/v1/cases", try body.body(of: form, reading), idempotencyKey: sent.key),
                premises: [.names(Chooser.names(in: form, body, of: ""))],
                done: { answer in
                    let id = answer.location?.split(separator: "/").last.map(String.init) ?? ""
                    return DonePage(call, answer).response(
                        "opened", Texts.doneWithCase("opened"), at: CasePage.path(of: id))
                },
                refused: { [sent] in view(call, sent, $0) }))
    }

    /// What was typed as the complaint, as an entry of a case that there is already.
    private static func statement(_ call: PageCall, _ sent: Sent, to id: String) -> PageChange {
        // Another thing done than a case opened, so under another key.
        PageChange(
            FormRequest(
                .post, "/v1/cases/\(Link.encoded(id))/log",
                ["kind": "statement", "text": .string(sent.typed["complaint"] ?? "")],
                // It is written down whatever has become of the case meanwhile.
                idempotencyKey: sent.key.map { "\($0)-\(same)" }, ifMatch: "*"),
            done: {
                DonePage(call, $0).response(
                    "log-statement", Texts.doneWithCase("log-statement"), at: CasePage.path(of: id), sent.leftOut)
            },
            refused: { problem in
                view(call, sent, problem.naming { $0.utf8.elementsEqual("text".utf8) ? "complaint" : $0 })
            })
    }

    /// What was sent.
    private struct Sent {
        /// By the names of the fields.
        var typed: [String: String] = [:]
        var key: String?
        /// Whether it has been looked whom there is already.
        var isChecked = false
        /// What is wrong with it already, by the names of the fields.
        var faults: [String: String] = [:]
        /// By whose clocks dates and times were typed.
        let zone: Zone

        /// By what it is looked who is on record: once one of these is otherwise, it is looked again.
        static let lookedUp = ["customer/phone", "customer/email"]

        /// What a case on record gets nothing of, as a notice: whoever complains is known there.
        var leftOut: [String] {
            let told = ["complaint", "customer/name", customerID] + Self.lookedUp
            let labels = body.all.filter { field in
                !(typed[field.name] ?? "").isEmpty && !told.contains { $0.isExactly(field.name) }
            }.map { Texts.label(of: $0) }
            return labels.isEmpty ? [] : [Texts.leftOut(labels)]
        }

        init(zone: Zone) { self.zone = zone }

        init(_ form: FormFields, zone: Zone) {
            typed = FormView.typed(form)
            key = form["key"]
            let isAsLookedUp = Self.lookedUp.allSatisfy {
                (form[BodyFields.before + $0] ?? "").isExactly(form[$0] ?? "")
            }
            isChecked = form["seen"] != nil && !form.isKept && isAsLookedUp
            self.zone = zone
        }

        /// Takes the customer of that number for the one who complains; any other word takes that back.
        mutating func choose(_ id: String) {
            isChecked = true
            guard Int64(id) != nil else {
                typed[customerID] = nil
                return
            }
            // The body names somebody on record by nothing else.
            for name in typed.keys where name.utf8.starts(with: "customer/".utf8) { typed[name] = nil }
            typed[customerID] = id
        }
    }

    private static func view(_ call: PageCall, _ sent: Sent, _ problem: PageProblem?) -> PageView {
        PageView { record in
            let chosen = try chosen(sent, record)
            var values = try NewCaseForm(
                typed: sent.typed, problem: problem, zone: sent.zone, isChosen: chosen != nil,
                hours: OpeningHours(record), faults: sent.faults
            ).content
            var hidden = [("form_token", call.formToken), ("key", sent.key ?? FormKey.make())]
            if sent.isChecked {
                hidden.append(("seen", record.asOf.rfc3339))
                hidden += Sent.lookedUp.map { (BodyFields.before + $0, sent.typed[$0] ?? "") }
            }
            if let chosen, let id = chosen["id"].integer {
                hidden.append((customerID, String(id)))
                values["known"] =
                    [
                        "text": Texts.knownCustomer, "name": chosen["name"].text ?? "", "number": Texts.customer(id),
                        "phone": chosen["phone"].text ?? "", "email": chosen["email"].text ?? "",
                        "other": Texts.somebodyElse,
                    ] as [String: Any]
            }
            values["hidden"] = hidden.map { ["name": $0.0, "value": $0.1] }
            values["choosers"] = try Chooser.html(Chooser.allCases, record)
            values["action"] = path
            values["button"] = sent.isChecked ? Texts.openCase : Texts.checkCase
            if sent.isChecked {
                let duplicates = try PossibleDuplicates(record, sent.typed, known: chosen)
                // Unless something is to be corrected, they are what there is to look at.
                values["duplicates"] = try duplicates.values(isChosen: chosen != nil)
                    .merging(["isFocused": problem == nil]) { $1 }
            }
            return Layout(Texts.newCase, of: call, at: .newCase).page(
                Templates.render("newcase", ["title": Texts.newCase, "form": values]),
                sent.faults.isEmpty ? .ok : .unprocessableContent)
        }
    }

    /// Who is on record and named by their number alone; nil where that is nobody, or more is typed of them.
    private static func chosen(_ sent: Sent, _ record: PageRecord) throws -> JSONValue? {
        let others = sent.typed.contains { name, value in
            name.utf8.starts(with: "customer/".utf8) && !name.utf8.elementsEqual(customerID.utf8) && !value.isEmpty
        }
        guard sent.isChecked, !others, let id = sent.typed[customerID].flatMap({ Int64($0) }) else { return nil }
        do {
            return try record.get("/v1/customers/\(id)")
        } catch is PageProblem {
            return nil
        }
    }
}
