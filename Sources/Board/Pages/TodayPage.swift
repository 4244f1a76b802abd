import CaseAPI
import Complaints
import HTTPServer

/// `/board`: what is overdue, whose, since when; what comes today and this week; and what waits for somebody.
enum TodayPage {
    static func show(_ call: PageCall) throws -> PageView {
        try call.head.requireParameters("owner", "team", "category", "as_of")
        return PageView(asOf: call.asOf) { record in
            let promises = try record.get("/v1/promises", [("state", "overdue"), ("limit", "200")])
            let content = Templates.render(
                "today",
                [
                    "title": Texts.today,
                    "figures": [
                        ["link": "#overdue", "count": promises["total"].integer ?? 0, "name": "overdue"]
                            as [String: Any]
                    ],
                ])
            return Layout(Texts.today, of: call, at: .today, asOf: call.asOf).page(content)
        }
    }
}
