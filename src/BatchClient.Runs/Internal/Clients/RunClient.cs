using BatchGateway.Internal.Endpoints;
using BatchGateway.Internal.Http;
using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>A client with what goes with every call of a run.</summary>
internal sealed record RunClient(IBatchClient Client, BatchCallOptions Call, OperationContext Operations)
{
    public IBatchesApi Batches => Client.Batches;

    public IFilesApi Files => Client.Files;

    /// <summary>What the calls about batches sign in with; null when they are none of ours, and nobody here can know.</summary>
    public TokenSource? Tokens => (Batches as BatchesApi)?.Tokens;
}
