import ArgumentParser

/// What a shell offers to complete an option's value with.
enum OptionCompletion: Sendable, Hashable {
    /// Nothing, as it may be any text, number or name.
    case nothing
    case file
    case folder
    /// One of these.
    case words([String])

    /// As the library takes it.
    var kind: CompletionKind {
        switch self {
        case .nothing: .default
        case .file: .file()
        case .folder: .directory
        case .words(let words): .list(words)
        }
    }
}
