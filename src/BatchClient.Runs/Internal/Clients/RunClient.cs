using BatchGateway.Internal.Operations;

namespace BatchGateway.Runs.Internal;

/// <summary>A client with what goes with every call of a run.</summary>
internal sealed record RunClient(IBatchClient Client, BatchCallOptions Call, OperationContext Operations)
{
    public IBatchesApi Batches => Client.Batches;

    public IFilesApi Files => Client.Files;
}
