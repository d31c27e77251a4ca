using System.Net;

namespace BatchGateway;

/// <summary>The gateway answered, and the answer is no. What it said is kept.</summary>
public sealed class BatchApiException : BatchClientException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="statusCode">The HTTP status of the answer.</param>
    /// <param name="message">What failed, how things stand and what to do.</param>
    public BatchApiException(HttpStatusCode statusCode, string message)
        : base(message) => StatusCode = statusCode;

    /// <summary>The HTTP status of the answer.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>What the gateway said: code, type, param and message, read from any of the envelopes that gateways use.</summary>
    public BatchError Error { get; init; } = new();

    /// <summary>The gateway's id of the request, to be given to its operators.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the gateway asks to wait. A date is measured against the answer's own <c>Date</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The body of the answer as text, up to its first 16 KiB.</summary>
    public string Body { get; init; } = "";

    /// <summary>
    /// True when the gateway has no such call: 405, 501, or a 404 that is about the route and not about an id.
    /// Batch list and cancel are missing on some gateways.
    /// </summary>
    public bool IsRouteUnsupported { get; init; }

    /// <summary>Whether the same call would be refused again: neither the load nor the token is to blame.</summary>
    internal bool IsFinal => IsRouteUnsupported || (int)StatusCode is >= 400 and < 500 and not (401 or 408 or 429);
}
