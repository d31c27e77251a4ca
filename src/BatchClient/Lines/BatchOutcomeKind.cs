namespace BatchGateway;

/// <summary>What became of one line of a batch.</summary>
public enum BatchOutcomeKind
{
    /// <summary>No result says anything about this line. Concluded only from complete result files.</summary>
    Missing = 0,

    /// <summary>Answered with success.</summary>
    Succeeded,

    /// <summary>Answered with an error, or never run because of one.</summary>
    Failed,

    /// <summary>Never run: the batch expired first.</summary>
    Expired,

    /// <summary>Never run: the batch was cancelled first.</summary>
    Cancelled,

    /// <summary>The result cannot be read: no JSON object, or neither an answer nor an error.</summary>
    Malformed,
}
