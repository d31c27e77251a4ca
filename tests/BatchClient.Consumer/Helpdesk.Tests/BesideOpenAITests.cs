#pragma warning disable OPENAI001 // The batch client of the OpenAI package is marked as experimental; here it only has to stand beside ours.
using System.ClientModel;
using BatchGateway;
using BatchGateway.Runs;
using OpenAI.Batch;

namespace Helpdesk.Tests;

/// <summary>The package of OpenAI has a type <c>BatchClient</c>: a file may use it and these packages.</summary>
public sealed class BesideOpenAITests
{
    [Test]
    public void Names_OfAllPackagesInOneFile_DoNotClash()
    {
        BatchClient theirs = new(new ApiKeyCredential("key"));
        using OwnedBatchClient ours = BatchClientFactory.Create(new BatchGatewayOptions { ControlPlaneUrl = "gateway.example", ApiKey = "key" });

        Assert.That(theirs.Endpoint.Host, Is.EqualTo("api.openai.com"));
        Assert.That(ours, Is.InstanceOf<IBatchClient>());
        Assert.That(typeof(IBatchRuns).Namespace, Is.EqualTo("BatchGateway.Runs"));
    }
}
