import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/board/cases/new`: a form with everything that `POST /v1/cases` takes. It is sent twice: first it shows who is on record with the
/// same telephone number or address, and then it opens the case.
enum NewCasePage {
    static let path = "/board/cases/new"

    private static let body = BodyFields(.post, "/v1/cases")
    /// Those that stand at the top; all others follow.
    static let first = [
        "complaint", "customer/name", "customer/phone", "customer/email", "customer/id", "channel", "severity", "mood",
        "subject", "owner", "desired_outcome",
    ]

    /// What names somebody who is on record already: each instead of a name, which is required without them.
    private static let oneOfCustomer = ["customer/id", "customer/external_id"]

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters()
        return view(call, nil, nil, isChecked: false)
    }

    static func send(_ call: PageCall, _ sent: FormFields) throws -> PageStep {
        guard !sent.isKept else { return .view(view(call, sent, nil, isChecked: false)) }
        guard let zone = call.zone(of: sent) else {
            let problem = PageProblem.unreadable(Texts.unknownZone(sent[BodyFields.zone] ?? ""))
            return .view(view(call, sent, problem, isChecked: true))
        }
        guard sent["seen"] != nil else { return .view(view(call, sent, nil, isChecked: true)) }
        let reading = FormReading(zone: zone, now: call.now, durations: Texts.durations)
        return .change(
            PageChange(
                .post, "/v1/cases", try body.body(of: sent, reading), idempotencyKey: sent["key"],
                done: { answer in
                    let id = answer.location?.split(separator: "/").last.map(String.init) ?? ""
                    return DonePage(call, answer).response(
                        "opened", Texts.doneWithCase("opened"), at: CasePage.path(of: id))
                },
                refused: { view(call, sent, $0, isChecked: true) }))
    }

    /// - Parameter isChecked: whether it has been looked whom there is already.
    private static func view(
        _ call: PageCall, _ sent: FormFields?, _ problem: PageProblem?, isChecked: Bool
    ) -> PageView {
        PageView { record in
            let typed = sent.map(FormView.typed) ?? [:]
            let zone = sent.flatMap { call.zone(of: $0) } ?? call.deskZone
            var form = FormView(body: body, asked: first, values: typed, problem: problem, zone: zone)
            form.optional = oneOfCustomer
            form.hidden = [("form_token", call.formToken), ("key", sent?["key"] ?? FormKey.make())]
            if isChecked { form.hidden.append(("seen", record.asOf.rfc3339)) }
            var values = form.content
            let others = body.all.map(\.name).filter { !first.contains($0) }
            var rest = FormView(body: body, asked: others, values: typed, problem: problem, zone: zone)
            rest.optional = oneOfCustomer
            // The script says once whose the reader's clocks are, for all of it.
            values["clock"] = rest.content["clock"]
            values["more"] =
                [
                    "title": Texts.moreFields, "fields": rest.content["fields"] ?? [],
                    "isOpen": others.contains { !(typed[$0] ?? "").isEmpty },
                ] as [String: Any]
            values["action"] = path
            values["button"] = isChecked ? Texts.openCase : Texts.checkCase
            values["title"] = Texts.newCase
            if isChecked, problem == nil { values["duplicates"] = try duplicates(record, typed) }
            return Layout(Texts.newCase, of: call, at: .newCase).page(
                Templates.render("newcase", ["title": Texts.newCase, "form": values]))
        }
    }

    /// Who is on record with the same number or address.
    private static func duplicates(_ record: PageRecord, _ typed: [String: String]) throws -> [String: Any] {
        var found: [JSONValue] = []
        for (name, parameter) in [("customer/phone", "q"), ("customer/email", "email")] {
            guard let value = typed[name], !value.isEmpty else { continue }
            // What can't be searched for finds nobody; what is wrong with it is told as the case is opened.
            let list = try? record.get("/v1/customers", [(parameter, value), ("limit", "5")])
            for customer in list?["items"].items ?? [] where !found.contains(customer) { found.append(customer) }
        }
        return [
            "title": Texts.possibleDuplicates, "hasRows": !found.isEmpty, "none": Texts.noDuplicates,
            "hint": Texts.duplicatesHint,
            "rows": found.map { customer -> [String: Any] in
                [
                    "id": customer["id"].integer ?? 0, "name": customer["name"].text ?? "",
                    "phone": customer["phone"].text ?? "", "email": customer["email"].text ?? "",
                ]
            },
        ]
    }
}
