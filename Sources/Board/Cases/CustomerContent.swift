import CaseAPI
import Complaints

/// What there is on a customer's page, in their words: what happens next first, the next thing before those after it, then what was
/// promised, by when, and what moved, was missed or given up and why. What was promised stays in the words in which it was.
struct CustomerContent {
    private let page: JSONValue
    private let clock: PageClock
    private let promises: [JSONValue]

    init(_ page: JSONValue, _ clock: PageClock) {
        self.page = page
        self.clock = clock
        promises = page["promises"].items
    }

    /// For the template `shared`.
    var values: [String: Any] {
        let id = page["case_id"].integer ?? 0
        var values: [String: Any] = [
            "case": Texts.customerCase(id), "customer": page["customer"]["name"].text ?? "",
            "status": Texts.customerStatus(page["status"].text),
            "complaintTitle": Texts.customerComplaint, "complaint": page["complaint"].text ?? "",
            "receivedLabel": Texts.customerReceived, "received": clock.moment(page["received_at"]) ?? [:],
            "promisesTitle": Texts.customerPromises, "promises": promises.map(promise),
            "nextTitle": Texts.customerNext, "answerTitle": Texts.customerAnswer,
            "answer": Texts.customerContact(page["contact"].text, id), "until": Texts.customerUntil,
            "expires": clock.moment(page["expires_at"]) ?? [:], "timeline": timeline.svg,
            "zoneNote": Texts.zoneNote, "zone": clock.zone.name,
        ]
        let next = promises.filter(Self.isOpen).enumerated().sorted {
            (Self.due($0.element), $0.offset) < (Self.due($1.element), $1.offset)
        }.map(\.element)
        values["next"] = next.map(promise)
        if next.isEmpty { values["nothing"] = Texts.nothingOpen }
        if let wish = page["desired_outcome"].text { values["wish"] = ["label": Texts.customerWish, "text": wish] }
        if let estimate = estimate(page["estimate"]) { values["estimate"] = estimate }
        if let stage = stage(page["stage"]) { values["stage"] = stage }
        if let joined = dated(Texts.customerSupervisor, page["supervisor_joined_at"]) { values["supervisor"] = joined }
        if let end { values["end"] = end }
        return values
    }

    private static func due(_ promise: JSONValue) -> Instant { Instant(promise["due_at"]) ?? .latest }

    private static func isOpen(_ promise: JSONValue) -> Bool {
        promise["state"].text.flatMap(PromiseState.init(rawValue:)).map { [.open, .overdue].contains($0) } ?? false
    }

    /// A sentence that ends with a point in time; nil where there is none.
    private func dated(_ label: String, _ time: JSONValue) -> [String: Any]? {
        clock.moment(time).map { ["label": label, "time": $0] }
    }

    /// How it ended; nil where nothing was said of that.
    private var end: [String: Any]? {
        var values: [String: Any] = [:]
        if let found = Texts.customerOutcome(page["outcome"].text) { values["found"] = found }
        if let text = page["outcome_text"].text { values["text"] = text }
        let redress = page["redress"]
        if let amount = redress["amount"].integer, let currency = redress["currency"].text.flatMap({ Currency($0) }) {
            values["redress"] = Texts.customerRedress(Money(amount: amount, currency: currency).words)
        }
        let response = page["final_response"]
        if let sent = dated(Texts.customerResponse(by: response["channel"].text), response["sent_at"]) {
            values["response"] = sent
        }
        guard !values.isEmpty else { return nil }
        values["title"] = Texts.customerEnd
        return values
    }

    /// Roughly how long all of it takes, as they were told: points in time, or lengths of time from the receipt.
    private func estimate(_ estimate: JSONValue) -> [String: Any]? {
        guard let received = Instant(page["received_at"]) else { return nil }
        func end(_ value: JSONValue) -> Instant? {
            Instant(value) ?? value.text.flatMap { try? ElapsedTime(iso8601: $0) }.map { received + $0 }
        }
        guard let from = end(estimate["from"]), let to = end(estimate["to"]) else { return nil }
        return [
            "label": Texts.customerEstimate, "from": clock.moment(from), "toLabel": Texts.customerEstimateTo,
            "to": clock.moment(to),
        ]
    }

    /// Where in a procedure it is, and whose rules these are.
    private func stage(_ stage: JSONValue) -> [String: Any]? {
        guard let name = stage["name"].text else { return nil }
        var values: [String: Any] = ["title": Texts.customerStage, "name": Texts.customerStage(name)]
        if let regime = stage["regime"].text {
            values["rules"] = Texts.customerRules(regime, of: stage["authority"].text)
        }
        if let since = dated(Texts.customerStageSince, stage["requested_at"]) { values["since"] = since }
        if let deadline = dated(Texts.customerDeadline, stage["hard_deadline"]) { values["deadline"] = deadline }
        return values
    }

    private func promise(_ promise: JSONValue) -> [String: Any] {
        let isOpen = Self.isOpen(promise)
        let isLate = promise["state"].text?.isExactly(PromiseState.overdue.rawValue) ?? false
        var values: [String: Any] = [
            "what": promise["what"].text ?? "",
            "state": Texts.customerState(promise["state"].text, givenUp: Self.isGivenUp(promise)),
            "dueLabel": isLate
                ? Texts.customerDueLate : isOpen ? Texts.customerDueStill : Texts.customerDue,
            "due": clock.due(promise["due_at"]) ?? [:],
            "madeLabel": Texts.customerMade, "made": clock.moment(promise["made_at"]) ?? [:],
            "moves": moves(of: promise), "late": isLate ? Texts.customerIsLate : "",
        ]
        if let step = promise["next_step"].text { values["step"] = ["label": Texts.customerStep, "text": step] }
        if promise["clock"].text != nil { values["clock"] = Texts.customerClock }
        if let why = promise["explanation"].text { values["why"] = ["label": Texts.customerBecause, "text": why] }
        if let kept = dated(Texts.customerKept, promise["kept_at"]) { values["kept"] = kept }
        if let gaveUp = dated(Texts.customerGaveUp, promise["given_up_at"]) { values["gaveUp"] = gaveUp }
        return values
    }

    /// Whether a promise was given up while its date was still to come.
    private static func isGivenUp(_ promise: JSONValue) -> Bool {
        guard let at = Instant(promise["given_up_at"]), let due = Instant(promise["due_at"]) else { return false }
        return at <= due
    }

    /// What a promise took the place of, the latest first: each with its words, where they were others than those of what took its
    /// place.
    private func moves(of promise: JSONValue) -> [[String: Any]] {
        var words = promise["what"].text ?? ""
        return promise["moved"].items.reversed().map { move in
            let before = move["what"].text ?? ""
            let isSame = before.isExactly(words)
            words = before
            var values = self.move(move)
            if !isSame {
                values["before"] = [
                    "label": Texts.customerBefore, "text": before, "madeLabel": Texts.customerMade,
                    "made": clock.moment(move["promised_at"]) ?? [:],
                ]
            }
            return values
        }
    }

    private func move(_ move: JSONValue) -> [String: Any] {
        let isPast = Instant(move["from"]).flatMap { from in Instant(move["at"]).map { $0 > from } } ?? false
        let parts = Texts.customerMove(missed: move["missed"].isTrue, isPast: isPast, givenUp: move["given_up"].isTrue)
        var values: [String: Any] = [
            "told": [
                "parts": parts.map { part -> [String: Any] in
                    switch part {
                    case .words(let words): ["text": words]
                    case .from: ["time": clock.due(move["from"]) ?? [:]]
                    case .to: ["time": clock.due(move["to"]) ?? [:]]
                    case .at: ["time": clock.moment(move["at"]) ?? [:]]
                    }
                }
            ]
        ]
        if let why = move["explanation"].text { values["because"] = ["label": Texts.customerBecause, "text": why] }
        return values
    }

    private var timeline: PromiseTimeline {
        let lines = promises.map { promise -> PromiseTimeline.Chain in
            var events: [PromiseTimeline.Event] = []
            func add(_ mark: PromiseTimeline.Mark, _ value: JSONValue) {
                guard let at = Instant(value) else { return }
                events.append(
                    PromiseTimeline.Event(mark: mark, at: at, meaning: Texts.customerMark(mark, clock.written(at))))
            }
            let moves = promise["moved"].items
            add(.made, moves.first?["promised_at"] ?? promise["made_at"])
            for move in moves {
                let isGivenUp = move["given_up"].isTrue
                if isGivenUp { add(.givenUp, move["at"]) }
                if move["missed"].isTrue { add(.missed, move["from"]) } else if !isGivenUp { add(.moved, move["from"]) }
            }
            add(.due, promise["due_at"])
            add(.givenUp, promise["given_up_at"])
            switch promise["state"].text.flatMap(PromiseState.init(rawValue:)) {
            case .broken, .overdue, .keptLate:
                if !Self.isGivenUp(promise) { add(.missed, promise["due_at"]) }
            case .open, .kept, .renegotiated, .withdrawn, .transferred, .void, nil: break
            }
            add(.kept, promise["kept_at"])
            return PromiseTimeline.Chain(name: promise["what"].text ?? "", events: events)
        }
        return PromiseTimeline(
            id: "promises-in-time", title: Texts.timelineTitle, summary: Texts.customerTimeline,
            legend: PromiseTimeline.Mark.allCases.map { ($0, Texts.customerMark($0)) }, chains: lines,
            now: promises.contains(where: Self.isOpen) ? (clock.now, Texts.timelineNow) : nil)
    }
}
