namespace BatchGateway.Internal.Http;

/// <summary>What a create was about, for the exception that says that its end is unknown.</summary>
internal sealed record CreateCall(CreateBatchRequest Request, DateTimeOffset SentAt);
