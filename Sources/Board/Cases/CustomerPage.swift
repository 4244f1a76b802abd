import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/c/SECRET`: a case as its customer may see it (T21), for whoever has the link. It is made of what programs get at the same
/// address, so it can show nothing more; it has no way into the board, and refers to nothing by its own address.
enum CustomerPage {
    static func response(_ view: SharedView) -> Response {
        let clock = PageClock(now: view.now, zone: view.zone)
        var response =
            switch view.content {
            case .success(let page): document(content(page, clock), .ok)
            case .failure(let problem):
                document(
                    ["gone": ["title": Texts.customerGone, "hint": hint(problem)]], problem.status)
            }
        // Where somebody came from is a secret, to our own other pages too.
        response.headerFields[.referrerPolicy] = "no-referrer"
        response.headerFields[.robots] = "noindex, nofollow"
        return response
    }

    /// What is no fault of the link says what to do by itself.
    private static func hint(_ problem: PageProblem) -> String {
        problem.status == .notFound ? Texts.customerGoneHint : problem.detail
    }

    private static func document(_ values: [String: Any], _ status: HTTPResponse.Status) -> Response {
        let frame: [String: Any] = [
            "language": Texts.language, "title": Texts.customerTitle, "stylesheet": Asset.stylesheet.path,
            "script": Asset.script.path,
        ]
        return Layout.response(Templates.render("shared", values.merging(frame) { $1 }), status)
    }

    private static func content(_ page: JSONValue, _ clock: PageClock) -> [String: Any] {
        let id = page["case_id"].integer ?? 0
        let promises = page["promises"].items
        var values: [String: Any] = [
            "case": Texts.customerCase(id), "customer": page["customer"]["name"].text ?? "",
            "status": Texts.customerStatus[page["status"].text ?? ""] ?? "",
            "complaintTitle": Texts.customerComplaint, "complaint": page["complaint"].text ?? "",
            "promisesTitle": Texts.customerPromises, "promises": promises.map { promise($0, clock) },
            "nextTitle": Texts.customerNext, "answerTitle": Texts.customerAnswer,
            "answer": Texts.customerContact(page["contact"].text, id), "until": Texts.customerUntil,
            "expires": clock.moment(page["expires_at"]) ?? [:], "timeline": timeline(promises, clock.now).svg,
            "none": Texts.none, "zone": Texts.byClocks(of: clock.zone),
        ]
        let next = promises.filter { $0["state"].text.map { ["open", "overdue"].contains($0) } ?? false }
        values["next"] = next.map { promise($0, clock) }
        if next.isEmpty { values["nothing"] = Texts.nothingOpen }
        if let stage = stage(page["stage"], clock) { values["stage"] = stage }
        if let joined = clock.moment(page["supervisor_joined_at"]) {
            values["supervisor"] = ["label": Texts.customerSupervisor, "time": joined] as [String: Any]
        }
        if let text = page["outcome_text"].text { values["end"] = ["title": Texts.customerEnd, "text": text] }
        return values
    }

    private static func stage(_ stage: JSONValue, _ clock: PageClock) -> [String: Any]? {
        guard let name = stage["name"].text else { return nil }
        var values: [String: Any] = [
            "title": Texts.customerStage, "name": name, "regime": stage["regime"].text ?? "",
            "authority": stage["authority"].text ?? "",
        ]
        if let deadline = clock.moment(stage["hard_deadline"]) {
            values["deadline"] = ["label": Texts.customerDeadline, "time": deadline] as [String: Any]
        }
        return values
    }

    private static func promise(_ promise: JSONValue, _ clock: PageClock) -> [String: Any] {
        let moves = promise["moved"].items
        let isOpen = ["open", "overdue"].contains(promise["state"].text ?? "")
        var values: [String: Any] = [
            "what": promise["what"].text ?? "", "state": Texts.customerState(promise["state"].text),
            "dueLabel": isOpen ? Texts.customerDueStill : Texts.customerDue,
            "due": clock.moment(promise["due_at"]) ?? [:],
            "madeLabel": Texts.customerMade, "made": clock.moment(promise["made_at"]) ?? [:],
            "moves": moves.enumerated().map { index, move -> [String: Any] in
                var values: [String: Any] = [
                    "label": move["missed"].isTrue ? Texts.customerMissed : Texts.customerMoved,
                    "from": clock.moment(move["from"]) ?? [:],
                    "toLabel": isOpen && index == moves.count - 1 ? Texts.customerToStill : Texts.customerTo,
                    "to": clock.moment(move["to"]) ?? [:],
                ]
                if let why = move["explanation"].text {
                    values["because"] = ["label": Texts.customerBecause, "text": why]
                }
                return values
            },
        ]
        if let step = promise["next_step"].text { values["step"] = step }
        if let clock = promise["clock"].text { values["clock"] = clock }
        if let why = promise["explanation"].text { values["why"] = ["label": Texts.customerBecause, "text": why] }
        if let kept = clock.moment(promise["kept_at"]) {
            values["kept"] = ["label": Texts.customerKept, "time": kept] as [String: Any]
        }
        return values
    }

    private static func timeline(_ promises: [JSONValue], _ now: Instant) -> PromiseTimeline {
        let lines = promises.map { promise -> PromiseTimeline.Chain in
            var events: [PromiseTimeline.Event] = []
            func add(_ mark: PromiseTimeline.Mark, _ value: JSONValue) {
                guard let at = Instant(value) else { return }
                events.append(PromiseTimeline.Event(mark: mark, at: at, meaning: "\(Texts.mark(mark)): \(at.rfc3339)"))
            }
            add(.made, promise["made_at"])
            for move in promise["moved"].items { add(move["missed"].isTrue ? .missed : .moved, move["from"]) }
            add(.due, promise["due_at"])
            if ["broken", "overdue"].contains(promise["state"].text ?? "") { add(.missed, promise["due_at"]) }
            add(.kept, promise["kept_at"])
            return PromiseTimeline.Chain(name: promise["what"].text ?? "", events: events)
        }
        let isOpen = promises.contains { ["open", "overdue"].contains($0["state"].text ?? "") }
        return PromiseTimeline(
            id: "promises-in-time", title: Texts.timelineTitle,
            summary: Texts.timelineSummary(chains: promises.count),
            legend: PromiseTimeline.Mark.allCases.map { ($0, Texts.mark($0)) }, chains: lines,
            now: isOpen ? (now, Texts.timelineNow) : nil)
    }
}
