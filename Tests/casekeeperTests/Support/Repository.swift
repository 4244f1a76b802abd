import Foundation

/// Files of the repository that tests read.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// 60 rows of the CFPB file with what is nasty in it: newlines and quotes in narratives, the longest of all, and
    /// promises kept on the last day in time and on the first day late.
    static let sample = root.appending(path: "Tests/casekeeperTests/Fixtures/cfpb-sample.csv").path
}
