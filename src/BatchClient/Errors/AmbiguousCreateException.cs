using System.Net;

namespace BatchGateway;

/// <summary>
/// A create was sent and it is not known whether the gateway made the batch. <b>Sending it again may pay twice.</b> Look the batch up
/// by <see cref="InputFileId"/> or <see cref="Intent"/>, in the gateway's list or its console, and go on with
/// <see cref="IBatchClient.Attach(string, BatchCallOptions)"/>; create again only when it is certain that there is none.
/// </summary>
public sealed class AmbiguousCreateException : BatchClientException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="inputFileId">The input file of the batch.</param>
    /// <param name="message">What failed, how things stand and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public AmbiguousCreateException(string inputFileId, string message, Exception? innerException = null)
        : base(message, innerException) => InputFileId = inputFileId;

    /// <summary>The input file that the create named.</summary>
    public string InputFileId { get; }

    /// <summary>The endpoint that the create named.</summary>
    public BatchEndpoint Endpoint { get; init; }

    /// <summary>The provider account that the create was for, as sent in <see cref="GatewayHeaders.Provider"/>.</summary>
    public string? Provider { get; init; }

    /// <summary>When the create was sent, by the local clock; null when another process sent it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>
    /// The random token that went with the create as <c>Idempotency-Key</c> and as <c>metadata.batchclient_intent</c>, and that stands in
    /// the name of the input file. Null when the create was a plain <see cref="IBatchesApi.CreateAsync"/> without one.
    /// </summary>
    public string? Intent { get; init; }

    /// <summary>The status that the gateway answered with; null when there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The gateway's id of the request; null when there was no answer.</summary>
    public string? RequestId { get; init; }

    /// <summary>Batches that may be the one, when more than one was found.</summary>
    public IReadOnlyList<Batch> Candidates { get; init; } = [];
}
