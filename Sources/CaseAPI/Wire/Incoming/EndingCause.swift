import Complaints

/// Why a promise is given up by an end of the relationship: that it ended, whatever else there was (T17).
enum EndingCause: String, Vocabulary {
    case ended, unreachable, impossible, duplicate
}
