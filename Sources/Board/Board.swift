package import CaseAPI
import Complaints
import HTTPServer

/// The board: the service's own pages for people who look. Its routes stand in the map beside the API's; each of its pages shows
/// what the API answers, and its forms send requests to the API (see `CaseService+Pages`). A new page is a line in `pages`.
package enum Board {
    /// The registry of the board's pages.
    package static let book = PageBook(pages, refusal: RefusalPage.response)

    /// The map of the board: path, the least role that may, and the function that answers.
    static let pages: [PageRoute] =
        [
            .view("/", nil, FrontDoor.open),
            .view(LoginPage.path, nil, LoginPage.show),
            .form(LoginPage.path, nil, LoginPage.logIn),
            .form("/board/logout", .reader, LoginPage.logOut),
            .view("/board", .reader, TodayPage.show),
            .view(ReportsPage.path, .reader, isReport: true, ReportsPage.show),
            .view(ReportsPage.path + "/{report}", .reader, isReport: true, ReportTablePage.show),
            .events(Live.path, .reader),
        ] + Asset.pages
}
