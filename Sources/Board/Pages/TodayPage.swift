import CaseAPI
import Complaints
import HTTPServer
import HTTPTypes

/// `/board`: what is overdue, whose, since when; what comes today and this week; and what waits for somebody.
enum TodayPage {
    private static let filters = ["owner", "team", "category", "as_of"]
    /// How many promises, things that wait, and people it has at most; the whole lists are a link away.
    private static let mostRows = "40"
    private static let mostWaiting = "15"
    private static let mostOwners = "30"
    /// What it takes at most, with names and words as long as they are on most desks: it is read in its turn.
    private static let bytes = 128 * 1024

    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters(filters)
        let filters = Filters(call.head, filters)
        return PageView(asOf: call.asOf, bytes: bytes) { record in
            let layout = Layout(Texts.today, of: call, at: .today, asOf: call.asOf)
            do {
                // Whose `me` is, is in it; so is how long ago something was, in minutes.
                let minute = record.asOf.milliseconds / 60_000
                let key = "today \(minute) \(filters.key) \(call.visitor?.me ?? "")"
                let html = try record.kept(key) { try content(record, filters) }
                return layout.page(html)
            } catch let problem as PageProblem {
                return layout.page(
                    Templates.render(
                        "today",
                        [
                            "title": Texts.today, "filters": form(filters, call.deskZone).values(isOpen: true),
                            "problem": Notice(problem, in: call.deskZone).values,
                        ]),
                    problem.status)
            }
        }
    }

    private static func content(_ record: PageRecord, _ filters: Filters) throws -> [UInt8] {
        let clock = PageClock(record)
        let narrowed = filters.query("owner", "team", "category", "as_of")
        let overdue = try record.get(
            "/v1/promises", narrowed + [("state", "overdue"), ("limit", mostRows), ("fields", PromiseRow.fields)])
        let today = clock.today.daysSince1970
        // Weeks begin on Monday, and 1970-01-01 was a Thursday.
        let monday = today - (today + 3) % 7 + 7
        let dueToday: [(name: String, value: String?)] = [
            ("state", "open,overdue"), ("due_after", clock.today.iso8601),
            ("due_before", CivilDate(daysSince1970: today + 1).iso8601),
        ]
        let dueThisWeek: [(name: String, value: String?)] = [
            ("state", "open"), ("due_after", CivilDate(daysSince1970: today + 1).iso8601),
            ("due_before", CivilDate(daysSince1970: monday).iso8601),
        ]
        func total(_ query: [(name: String, value: String?)]) throws -> String {
            Texts.total(try record.get("/v1/promises", narrowed + query + [("limit", "1"), ("fields", "id")]))
        }
        let isNotLastDay = today + 1 < monday
        let whose = filters.isNobodys ? filters.query("team", "as_of") : filters.query("owner", "team", "as_of")
        let waiting = try record.get("/v1/queue", whose + [("kind", QueueRow.kinds), ("limit", mostWaiting)])
        let unheard = try record.get("/v1/queue", whose + [("kind", "update_due"), ("limit", mostWaiting)])
        let owners = try record.get("/v1/owners", filters.query("team", "as_of") + [("limit", mostOwners)])
        var queue = QueueTable(Texts.queueTitle, "queue", waiting["items"].items, clock)
        if !waiting["next"].isNull { queue.all = (Texts.total(waiting), Link.to(QueuePage.path, whose)) }
        queue.scope = Texts.scope(category: filters["category"], isNobodys: filters.isNobodys)
        var silent = QueueTable(Texts.unheardTitle, "unheard", unheard["items"].items, clock)
        if !unheard["next"].isNull {
            silent.all = (
                Texts.total(unheard), Link.to(QueuePage.path, [("kind", QueueKind.updateDue.rawValue)] + whose)
            )
        }
        silent.scope = queue.scope
        if unheard["items"].items.isEmpty, try !isNewsAsked(record) { silent.none = Texts.noCadence }
        var load = LoadTable(owners["items"].items, unowned: try unowned(record, filters, clock), clock)
        load.scope = Texts.loadScope(owner: filters["owner"], category: filters["category"])
        let form = form(filters, clock.zone)
        var values: [String: Any] =
            [
                "title": Texts.today, "now": clock.moment(clock.now), "filters": form.values(),
                "narrowed": form.narrowed,
                "figures": [
                    figure(Texts.overdue, Texts.total(overdue), "#overdue", isBad: true),
                    figure(Texts.dueToday, try total(dueToday), Link.to("/board/promises", dueToday + narrowed)),
                    figure(
                        Texts.dueThisWeek, isNotLastDay ? try total(dueThisWeek) : "0",
                        isNotLastDay ? Link.to("/board/promises", dueThisWeek + narrowed) : "/board/promises"),
                    figure(Texts.waits, Texts.total(waiting), "#queue"),
                ],
                "overdueTitle": Texts.overdueTitle,
                "overdue": PromiseTable(caption: Texts.overdueTitle, rows: overdue["items"].items, clock: clock).values,
                "load": load.values, "queue": queue.values, "unheard": silent.values,
            ]
        if !overdue["next"].isNull {
            let query = [("state", "overdue")] + narrowed
            values["more"] = ["link": Link.to(PromisesPage.path, query), "name": Texts.more]
        }
        return Array(Templates.render("today", values).utf8)
    }

    /// Whether any policy says how often customers are to hear something.
    private static func isNewsAsked(_ record: PageRecord) throws -> Bool {
        try record.get("/v1/policies", [("limit", "200")])["items"].items.contains { !$0["update_every"].isNull }
    }

    private static func form(_ filters: Filters, _ zone: Zone) -> FilterForm {
        FilterForm(filters: filters, zone: zone, takesNobody: true)
    }

    private static func figure(_ name: String, _ count: String, _ link: String, isBad: Bool = false) -> [String: Any] {
        ["name": name, "count": count, "link": link, "isBad": isBad && !count.utf8.elementsEqual("0".utf8)]
    }

    /// What nobody has to keep, or handles: as is counted of each owner.
    private static func unowned(
        _ record: PageRecord, _ filters: Filters, _ clock: PageClock
    ) throws -> LoadTable.Unowned {
        let narrowed: [(name: String, value: String?)] = filters.query("team", "as_of") + [("unowned", "true")]
        let (today, unsettled) = (clock.today, "open,overdue")
        func total(_ path: String, _ query: (name: String, value: String?)...) throws -> String {
            Texts.total(try record.get(path, narrowed + query + [("limit", "1"), ("fields", "id")]))
        }
        return LoadTable.Unowned(
            overdue: try total("/v1/promises", ("state", "overdue")),
            dueToday: try total(
                "/v1/promises", ("state", unsettled), ("due_after", today.iso8601),
                ("due_before", CivilDate(daysSince1970: today.daysSince1970 + 1).iso8601)),
            open: try total("/v1/promises", ("state", "open")),
            cases: try total("/v1/cases", ("status", "open")),
            link: Link.to(PromisesPage.path, [("state", unsettled)] + narrowed))
    }
}
