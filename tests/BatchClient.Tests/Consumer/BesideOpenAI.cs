#pragma warning disable OPENAI001 // The batch client of the OpenAI package is marked as experimental; here it only has to compile beside ours.
using System.ClientModel;
using BatchGateway;
using OpenAI.Batch;

namespace SomeApplication;

/// <summary>An application that uses the type <c>BatchClient</c> of the OpenAI package and this library in one file.</summary>
public sealed class BesideOpenAI
{
    private readonly BatchClient _theirs;
    private readonly IBatchClient _ours;

    public BesideOpenAI(BatchClient theirs, IBatchClient ours)
    {
        _theirs = theirs;
        _ours = ours;
    }

    public static BesideOpenAI Create(string key)
    {
        OwnedBatchClient ours = BatchClientFactory.Create(new BatchGatewayOptions { ControlPlaneUrl = "gateway.example", ApiKey = key });
        return new BesideOpenAI(new BatchClient(new ApiKeyCredential(key)), ours);
    }

    public string Describe() => $"{_theirs.Endpoint.Host} and {_ours.Batches.GetType().Namespace}";
}
