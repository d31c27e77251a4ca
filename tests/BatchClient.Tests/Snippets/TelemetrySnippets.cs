using System.Diagnostics;

namespace BatchGateway.Tests.Snippets;

[NonParallelizable]
public sealed class TelemetrySnippets
{
    [Test]
    public async Task Listener_OneSubmit_SeesUploadAndCreate()
    {
        List<string> seen = [];
        await using Fixture fixture = await Fixture.StartAsync();

        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "BatchClient",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => seen.Add($"{span.OperationName} {span.GetTagItem("http.response.status_code")}"),
        };
        ActivitySource.AddActivityListener(listener);

        await fixture.Gateway.SubmitAsync(Fixture.Lines);

        Assert.That(seen, Is.SupersetOf(new[] { "file.upload 200", "batch.create 200" }));
    }
}
