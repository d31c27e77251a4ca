using System.Net;

namespace BatchGateway;

/// <summary>The gateway answered with success, and the answer makes no sense: not JSON, a login page, no id, an error in a 200.</summary>
public sealed class BatchResponseException : BatchClientException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What failed, how things stand and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public BatchResponseException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode StatusCode { get; init; } = HttpStatusCode.OK;

    /// <summary>The error that a 200 carried; null when it carried none.</summary>
    public BatchError? Error { get; init; }

    /// <summary>The gateway's id of the request, to be given to its operators.</summary>
    public string? RequestId { get; init; }

    /// <summary>The body of the answer as text, up to its first 16 KiB.</summary>
    public string Body { get; init; } = "";
}
