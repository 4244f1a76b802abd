package import CaseAPI
import Complaints
import HTTPServer

/// The board: the service's own pages for people who look. Its routes stand in the map beside the API's; each of its pages shows
/// what the API answers, and its forms send requests to the API (see `CaseService+Pages`).
package enum Board {
    /// The registry of the board's pages.
    package static let book = PageBook(
        pages, refusal: RefusalPage.response, shared: CustomerPage.response, answers: AnswerPage.root)

    /// The map of the board: path, the least role that may, and the function that answers.
    static let pages: [PageRoute] =
        [
            .view("/", nil, FrontDoor.open),
            .view(LoginPage.path, nil, LoginPage.show),
            .form(LoginPage.path, nil, LoginPage.logIn),
            .form("/board/logout", .reader, LoginPage.logOut),
            .view(KeptPage.path, .reader, KeptPage.show),
            .view(AnswerPage.root + "/{key}", .reader, AnswerPage.show),

            .view("/board", .reader, TodayPage.show),
            .view(PromisesPage.path, .reader, PromisesPage.show),
            .table(PromisesPage.list.tablePath, .reader, PromisesPage.table),
            .view(QueuePage.path, .reader, QueuePage.show),
            .table(QueuePage.list.tablePath, .reader, QueuePage.table),
            .view(SearchPage.path, .reader, SearchPage.show),
            .table(SearchPage.list.tablePath, .reader, SearchPage.table),

            .view(NewCasePage.path, .agent, NewCasePage.show),
            .form(NewCasePage.path, .agent, NewCasePage.send),
            .view("/board/cases/{id}", .reader, CasePage.show),
            .form("/board/cases/{id}/{action}", .agent, CasePage.send),

            .view("/board/customers/{id}", .reader, CustomerRecordPage.show),
            .form("/board/customers/{id}/{action}", .agent, CustomerRecordPage.send),

            .view("/board/me", .reader, OwnerPage.mine),
            .view("/board/owners/{name}", .reader, OwnerPage.show),
            .form("/board/owners/{name}/absence", .agent, OwnerForms.leave),
            .form("/board/owners/{name}/return", .agent, OwnerForms.comeBack),
            .form("/board/owners/{name}/name", .manager, OwnerForms.name),
            .form("/board/owners/{name}/handover", .agent, OwnerForms.handOver),
            .form("/board/owners/{name}/accept", .agent, Acceptances.acceptAll),
            .form("/board/promises/{id}/accept", .agent, OwnerForms.accept),
            .form("/board/promises/{id}/decline", .agent, OwnerForms.decline),

            .view(ReportsPage.path, .reader, isReport: true, ReportsPage.show),
            .view(ReportsPage.path + "/{report}", .reader, isReport: true, ReportTablePage.show),
            .events(Live.path, .reader),
        ] + Asset.pages
}
