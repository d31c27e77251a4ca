using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Batches;

public sealed class DocumentedCreateTests
{
    [TestCase("")]
    [TestCase(""","completion_window":null,"job_name":null""")]
    [TestCase(""","completion_window":"24h","job_name":"nightly" """)]
    [TestCase(""","job_name":7,"metadata":"text","output_expires_after":"never","unknown":{"a":[1]}""")]
    public async Task Create_AtTheDocumentedGateway_TakesWhatItNamesAndDropsTheRest(string more)
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1));

        Answer answer = await gateway.PostJsonAsync("/batches", $$"""{"input_file_id":"{{file}}","endpoint":"/v1/chat/completions"{{more}}}""");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Text, Is.EqualTo(
            $$$"""{"id":"{{{answer.Id}}}","object":"batch","endpoint":"/v1/chat/completions","errors":null,"input_file_id":"{{{file}}}","completion_window":"24h","status":"validating","output_file_id":null,"error_file_id":null,"created_at":1767225600,"in_progress_at":null,"expires_at":1767312000,"finalizing_at":null,"completed_at":null,"failed_at":null,"expired_at":null,"cancelling_at":null,"cancelled_at":null,"request_counts":{"total":0,"completed":0,"failed":0},"metadata":null}"""));
    }

    [Test]
    public async Task Create_WithAJobName_IsTakenByEveryPersonality([Values] EmulatorPersonality personality)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(options =>
        {
            options.Personality = personality;
            options.FilePendingFor = TimeSpan.Zero;
        });

        Answer answer = await gateway.TryCreateAsync(await gateway.UploadAsync(TestGateway.Lines(1)), ""","job_name":"nightly" """);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        Assert.That(answer.Json.Names(), Does.Not.Contain("job_name"));
    }
}
