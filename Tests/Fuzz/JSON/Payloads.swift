import Complaints

@testable import CaseAPI

/// Every reader of a body, each given the same value.
enum Payloads {
    static func violations(_ value: JSONValue) -> [String] {
        readers.flatMap { read in
            let issues = IssueList()
            read(value, issues)
            var wrong: [String] = []
            let count = issues.issues.count
            if count > FieldIssue.mostListed { wrong.append("\(count) issues are too many") }
            for issue in issues.issues where !issue.path.pointer.hasPrefix("#") || issue.detail.isEmpty {
                wrong.append("\(issue) says too little")
            }
            if case .object = value { return wrong }
            return issues.issues.count == 1 ? wrong : wrong + ["what is no object has \(issues.issues)"]
        }
    }

    private static let readers: [@Sendable (JSONValue, IssueList) -> Void] = [
        reader(CaseRequest.init(_:)), reader(CaseEdit.init(_:)), reader(CustomerEdit.init(_:)),
        reader(AddPromiseRequest.init(_:)), reader(SettleAndContinue<KeepRequest>.init(_:)),
        reader(SettleAndContinue<WithdrawRequest>.init(_:)), reader(SettleAndContinue<VoidRequest>.init(_:)),
        reader(RenegotiateRequest.init(_:)), reader(ReassignRequest.init(_:)), reader(ResolveRequest.init(_:)),
        reader(ReopenRequest.init(_:)), reader(LogRequest.init(_:)), reader(PolicyChange.init(_:)),
        reader(PolicyChange.init(whole:)), reader(PolicyQuestion.init(_:)),
    ]

    private static func reader<Value>(
        _ read: @escaping @Sendable (FieldReader) -> Value
    ) -> @Sendable (JSONValue, IssueList) -> Void {
        { value, issues in _ = FieldReader.read(value, at: .body, issues: issues, read) }
    }
}
