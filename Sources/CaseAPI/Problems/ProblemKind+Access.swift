import Complaints
import HTTPTypes

// Who asks, and for what.
extension ProblemKind {
    static let ofAccess: [ProblemKind] = [
        .unauthenticated, .forbidden, .actsForItself, .notFound, .methodNotAllowed, .rateLimited,
    ]

    static let unauthenticated = ProblemKind(
        "unauthenticated", .unauthorized, "Who are you?",
        meaning: "No token came with the request, or none that is valid.",
        cause:
            "Once there is a token everybody needs one. Whether this one is unknown, expired or revoked only the log says.",
        advice: "Send Authorization: Bearer ck_… with a token that is valid. An administrator makes "
            + "them: casekeeper token create NAME --role ROLE --database FILE, with the FILE that the service has open.",
        example: ProblemExample(
            "Send Authorization: Bearer ck_… with a token that is known, not expired and not revoked.", .get,
            "/v1/cases"))

    static let forbidden = ProblemKind(
        "forbidden", .forbidden, "Not allowed",
        meaning: "It is known who asks, and they may not do this.",
        cause:
            "The token's role is not enough, the page that asks is of another origin, or there is no token yet and the "
            + "request is not from a process of the service's user on its machine.",
        advice:
            "The detail says what is missing: ask somebody with that role, or for a token that has it. A page of another origin "
            + "asks its own server instead; where there is no token yet, one is made with casekeeper token create.",
        example: ProblemExample("This takes the role admin; the token's role is reader.", .get, "/v1/tokens"))

    static let actsForItself = ProblemKind(
        "acts_for_itself", .forbidden, "Acts for nobody else",
        meaning: "The token is somebody's own, and Casekeeper-Actor came with it.",
        cause:
            "Whoever comes with a token that has an owner acts as them. Only who shares a token has to say who they are.",
        advice: "Leave Casekeeper-Actor out. GET /v1/me says whose the token is.",
        example: ProblemExample(
            "The token is Kim's own, and whoever comes with it acts as them: leave Casekeeper-Actor out.", .get,
            "/v1/me", fields: [("Casekeeper-Actor", "Lou")]))

    static let notFound = ProblemKind(
        "not_found", .notFound, "There is nothing here",
        meaning: "Nothing is at this path, or nothing has that id.",
        cause: "Ids are whole numbers, and nothing that was ever there is deleted.",
        advice: "Check the path and the id. /openapi.json has every path.",
        example: ProblemExample("There is no case 99.", .get, "/v1/cases/99"))

    static let methodNotAllowed = ProblemKind(
        "method_not_allowed", .methodNotAllowed, "Not with this method",
        meaning: "The path is known, but not with this method.",
        cause: "Nothing is deleted here, and nothing is replaced as a whole.",
        advice: "Allow lists the methods that this path takes.",
        example: ProblemExample(
            "DELETE is not for this path, which takes GET, HEAD, OPTIONS, PATCH.", .delete, "/v1/cases/1"))

    static let rateLimited = ProblemKind(
        "rate_limited", .tooManyRequests, "Too many requests",
        meaning: "More requests came than the service takes in that time; limit says of whom.",
        cause: "Who asks too often takes the time of everybody else. Nothing of this request was kept.",
        advice: sendAgain,
        example: ProblemExample(of: Problem.limited(.token, waiting: 1_000_000_000)))
}
