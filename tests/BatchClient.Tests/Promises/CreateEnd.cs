namespace BatchGateway.Tests.Promises;

/// <summary>How a create ends, by the promises.</summary>
public enum CreateEnd
{
    /// <summary>With a batch.</summary>
    Batch,

    /// <summary>Nothing was sent.</summary>
    NotSent,

    /// <summary>A definite no.</summary>
    Refused,

    /// <summary>It is not known whether there is a batch.</summary>
    Unknown,
}
