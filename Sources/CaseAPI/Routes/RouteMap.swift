import Complaints
import HTTPServer
import HTTPTypes

/// The map of the service: every path, who may ask for it, and which function answers. GET is HEAD too, and OPTIONS
/// and 405 follow from the table.
enum RouteMap {
    static let table = RouteTable<Endpoint>([
        Route(.post, "/v1/cases", .write(.agent, CaseRoutes.create)),
        Route(.get, "/v1/cases", .list(.reader, CaseRoutes.list)),
        Route(.post, BulkRoutes.path, .bulk(.agent, BulkRoutes.create)),
        Route(.get, "/v1/cases/{id}", .read(.reader, CaseRoutes.get)),
        Route(.patch, "/v1/cases/{id}", .write(.agent, CaseRoutes.edit)),
        Route(.get, "/v1/cases/{id}/customer-page", .read(.reader, CaseRoutes.customerPage)),
        Route(.get, "/v1/cases/{id}/guidance", .read(.reader, CaseRoutes.guidance)),
        Route(.post, "/v1/cases/{id}/promises", .write(.agent, CaseRoutes.addPromise)),
        Route(.post, "/v1/cases/{id}/cool-off", .write(.agent, CaseRoutes.coolOff)),
        Route(.post, "/v1/cases/{id}/escalate", .write(.agent, CaseRoutes.escalate)),
        Route(.post, "/v1/cases/{id}/relationship", .write(.manager, CaseRoutes.decideRelationship)),
        Route(.post, "/v1/cases/{id}/resolve", .write(.agent, CaseRoutes.resolve)),
        Route(.post, "/v1/cases/{id}/duplicate-of", .write(.agent, CaseRoutes.duplicateOf)),
        Route(.post, "/v1/cases/{id}/close", .write(.agent, CaseRoutes.close)),
        Route(.post, "/v1/cases/{id}/reopen", .write(.agent, CaseRoutes.reopen)),
        Route(.post, "/v1/cases/{id}/stage", .write(.agent, CaseRoutes.openStage)),

        Route(.get, "/v1/cases/{id}/log", .list(.reader, LogRoutes.list)),
        Route(.post, "/v1/cases/{id}/log", .write(.agent, LogRoutes.write)),
        Route(.get, "/v1/cases/{id}/log/{seq}", .read(.reader, LogRoutes.get)),
        Route(.get, "/v1/log/head", .read(.reader, LogRoutes.head)),

        Route(.get, "/v1/promises", .list(.reader, PromiseRoutes.list)),
        Route(.get, "/v1/promises/{id}", .read(.reader, PromiseRoutes.get)),
        Route(.post, "/v1/promises/{id}/keep", .write(.agent, PromiseRoutes.keep)),
        Route(.post, "/v1/promises/{id}/renegotiate", .write(.agent, PromiseRoutes.renegotiate)),
        Route(.post, "/v1/promises/{id}/recover", .write(.agent, PromiseRoutes.recover)),
        Route(.post, "/v1/promises/{id}/withdraw", .write(.agent, PromiseRoutes.withdraw)),
        Route(.post, "/v1/promises/{id}/void", .write(.agent, PromiseRoutes.void)),
        Route(.post, "/v1/promises/{id}/reassign", .write(.agent, PromiseRoutes.reassign)),
        Route(.post, "/v1/promises/{id}/accept", .write(.agent, PromiseRoutes.accept)),
        Route(.post, "/v1/promises/{id}/decline", .write(.agent, PromiseRoutes.decline)),

        Route(.get, "/v1/customers", .list(.reader, CustomerRoutes.list)),
        Route(.get, "/v1/customers/{id}", .read(.reader, CustomerRoutes.get)),
        Route(.patch, "/v1/customers/{id}", .write(.agent, CustomerRoutes.edit)),
        Route(.get, "/v1/customers/{id}/cases", .list(.reader, CustomerRoutes.cases)),
        Route(.get, "/v1/customers/{id}/history", .list(.reader, CustomerRoutes.history)),
        Route(.post, "/v1/customers/{id}/merge", .write(.manager, CustomerRoutes.merge)),
        Route(.delete, "/v1/customers/{id}/merge", .write(.manager, CustomerRoutes.unmerge)),
        Route(.post, "/v1/customers/{id}/erase", .write(.admin, CustomerRoutes.erase)),

        Route(.get, "/v1/policies", .list(.reader, PolicyRoutes.list)),
        Route(.post, PolicyRoutes.previewPath, .question(.reader, PolicyRoutes.preview)),
        Route(.get, "/v1/policies/{name}", .read(.reader, PolicyRoutes.get)),
        Route(.put, "/v1/policies/{name}", .write(.manager, PolicyRoutes.put)),
        Route(.patch, "/v1/policies/{name}", .write(.manager, PolicyRoutes.edit)),
        Route(.get, "/v1/policies/{name}/impact", .list(.reader, PolicyRoutes.impact)),

        Route(.get, "/v1/calendars", .list(.reader, CalendarRoutes.list)),
        Route(.get, "/v1/calendars/{name}", .read(.reader, CalendarRoutes.get)),
        Route(.put, "/v1/calendars/{name}", .write(.manager, CalendarRoutes.put)),
        Route(.post, "/v1/calendars/{name}/holidays", .file(.manager, ["text/calendar"], CalendarRoutes.addHolidays)),
        Route(.post, "/v1/calendars/{name}/preview", .question(.reader, CalendarRoutes.preview)),

        Route(.get, "/v1/regimes", .list(.reader, RegimeRoutes.list)),
        Route(.get, "/v1/regimes/{name}", .read(.reader, RegimeRoutes.get)),
        Route(.put, "/v1/regimes/{name}", .write(.manager, RegimeRoutes.put)),

        Route(.get, "/v1/me", .read(.reader, OwnerRoutes.me)),
        Route(.get, "/v1/owners", .list(.reader, OwnerRoutes.list)),
        Route(.post, "/v1/owners", .write(.manager, OwnerRoutes.create)),
        Route(.get, "/v1/owners/{name}", .read(.reader, OwnerRoutes.get)),
        Route(.patch, "/v1/owners/{name}", .write(.manager, OwnerRoutes.edit)),
        Route(.put, "/v1/owners/{name}/absence", .write(.agent, OwnerRoutes.leave)),
        Route(.delete, "/v1/owners/{name}/absence", .write(.agent, OwnerRoutes.comeBack)),
        Route(.post, "/v1/owners/{name}/handover", .alone(.agent, OwnerRoutes.handOver)),

        Route(.get, "/v1/events", .feed(.reader, EventRoutes.follow)),

        Route(.get, "/v1/queue", .list(.reader, QueueRoutes.list)),
        Route(.get, "/v1/digest", .digest(.reader, DigestRoutes.get)),

        Route(.get, "/v1/reports/promises", .report(.reader, ReportRoutes.promises)),
        Route(.get, "/v1/reports/load", .report(.reader, ReportRoutes.load)),
        Route(.get, "/v1/reports/causes", .report(.reader, ReportRoutes.causes)),
        Route(.get, "/v1/reports/threats", .report(.reader, ReportRoutes.threats)),
        Route(.get, "/v1/reports/concessions", .report(.reader, ReportRoutes.concessions)),
        Route(.get, "/v1/reports/regime", .report(.reader, ReportRoutes.regime)),

        Route(.get, "/v1/tokens", .list(.admin, TokenRoutes.list)),
        Route(.post, "/v1/tokens", .write(.admin, TokenRoutes.create)),
        Route(.get, "/v1/tokens/{id}", .read(.admin, TokenRoutes.get)),
        Route(.post, "/v1/tokens/{id}/revoke", .write(.admin, TokenRoutes.revoke)),
        Route(.delete, "/v1/tokens/{id}/sessions/{session}", .write(.admin, TokenRoutes.endSession)),

        Route(.get, "/v1/webhooks", .list(.admin, WebhookRoutes.list)),
        Route(.post, "/v1/webhooks", .write(.admin, WebhookRoutes.create)),
        Route(.get, "/v1/webhooks/{id}", .read(.admin, WebhookRoutes.get)),
        Route(.patch, "/v1/webhooks/{id}", .write(.admin, WebhookRoutes.edit)),
        Route(.delete, "/v1/webhooks/{id}", .write(.admin, WebhookRoutes.delete)),
        Route(.post, "/v1/webhooks/{id}/test", .write(.admin, WebhookRoutes.test)),
        Route(.post, "/v1/webhooks/{id}/rotate", .write(.admin, WebhookRoutes.rotate)),
        Route(.get, "/v1/webhooks/{id}/deliveries", .list(.admin, WebhookRoutes.deliveries)),
        Route(
            .post, "/v1/webhooks/{id}/deliveries/{delivery}/redeliver", .write(.admin, WebhookRoutes.redeliver)),

        Route(.get, "/healthz", .probe(ServiceRoutes.health)),
        Route(.get, "/readyz", .probe(ServiceRoutes.ready)),
        Route(.get, "/metrics", .figures(.reader, ServiceRoutes.metrics)),
        Route(.get, "/problems/{code}", .open(ServiceRoutes.problem)),
        Route(.get, "/openapi.json", .open(ServiceRoutes.description)),
    ])

    /// That there is nothing at a path, and where what was meant is: without slashes too many, and under `/v1`.
    static func problem(ofNothingAt path: String) -> Problem {
        let shown = path.prefix(200)
        let segments = path.split(separator: "/")
        let plain = "/" + segments.joined(separator: "/")
        let meant = path.utf8.count > shown.utf8.count ? [] : [plain, "/v1" + plain]
        if !segments.isEmpty, let found = meant.first(where: isThere) {
            return Problem(.notFound, "There is nothing at \(shown): look at \(found).")
        }
        guard let nearest = nearestPattern(to: segments) else {
            return Problem(.notFound, "There is nothing at \(shown). /openapi.json has all paths.")
        }
        return Problem(.notFound, "There is nothing at \(shown). Did you mean \(nearest)?")
    }

    /// The path that somebody most likely mistyped, with the ids that they gave; nil when none is near. Ids are no words, so
    /// what stands where a path has one is left out of the comparison.
    private static func nearestPattern(to segments: [Substring]) -> String? {
        let known = patterns.filter { $0.split(separator: "/").count == segments.count }.map { pattern in
            "/" + zip(pattern.split(separator: "/"), segments).map { $0.first == "{" ? $1 : $0 }.joined(separator: "/")
        }
        guard segments.allSatisfy({ $0.utf8.count <= 40 }) else { return nil }
        return NearestName.nearest(to: "/" + segments.joined(separator: "/"), among: known)
    }

    private static func isThere(_ path: String) -> Bool {
        if case .notFound = table.match(method: .get, path: path) { false } else { true }
    }

    /// The API's patterns.
    static let patterns = table.routes.map(\.pattern)

    /// The map of a service that has pages, too: they stand behind the API's routes.
    static func table(with pages: PageBook) -> RouteTable<Endpoint> {
        pages.pages.isEmpty ? table : RouteTable(table.routes + pages.pages.map(\.route))
    }
}
