using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Http;

public sealed class PagingTests
{
    [Test]
    public async Task List_OfBatches_IsNewestFirst()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        List<string> created = await CreateBatchesAsync(gateway, 3);

        JsonElement page = (await gateway.GetAsync("/batches")).Json;

        created.Reverse();
        Assert.That(Ids(page), Is.EqualTo(created));
        Assert.That(page.Text("object"), Is.EqualTo("list"));
        Assert.That(page.Text("first_id"), Is.EqualTo(created[0]));
        Assert.That(page.Text("last_id"), Is.EqualTo(created[^1]));
        Assert.That(page.GetProperty("has_more").GetBoolean(), Is.False);
    }

    [Test]
    public async Task List_PageByPage_ShowsEveryBatchOnce()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        List<string> created = await CreateBatchesAsync(gateway, 5);
        List<string> seen = [];
        JsonElement page;

        do
        {
            page = (await gateway.GetAsync($"/batches?limit=2{(seen.Count == 0 ? "" : $"&after={seen[^1]}")}")).Json;
            seen.AddRange(Ids(page));
        }
        while (page.GetProperty("has_more").GetBoolean());

        created.Reverse();
        Assert.That(seen, Is.EqualTo(created));
    }

    [Test]
    public async Task List_WithoutALimit_ShowsTwenty()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        await CreateBatchesAsync(gateway, 21);

        JsonElement page = (await gateway.GetAsync("/batches")).Json;

        Assert.That(Ids(page), Has.Length.EqualTo(20));
        Assert.That(page.GetProperty("has_more").GetBoolean(), Is.True);
    }

    [Test]
    public async Task List_OfNothing_HasNullCursors()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        JsonElement page = (await gateway.GetAsync("/batches")).Json;

        Assert.That(Ids(page), Is.Empty);
        Assert.That(page.IsNull("first_id") && page.IsNull("last_id"), Is.True);
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=101", "limit")]
    [TestCase("limit=x", "limit")]
    [TestCase("after=batch_unknown", "after")]
    public async Task List_WithAnImpossibleQuery_Answers400(string query, string param)
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();

        Answer answer = await gateway.GetAsync($"/batches?{query}");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Error.Text("param"), Is.EqualTo(param));
    }

    [Test]
    public async Task List_WithADelay_ShowsABatchOnlyAfterIt()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync(options => options.ListDelay = TimeSpan.FromSeconds(30));
        string batch = await gateway.CreateFromAsync(TestGateway.Lines(1));

        gateway.Clock.Advance(TimeSpan.FromSeconds(29));
        string[] early = Ids((await gateway.GetAsync("/batches")).Json);
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        string[] late = Ids((await gateway.GetAsync("/batches")).Json);

        Assert.That(early, Is.Empty);
        Assert.That(late, Is.EqualTo(new[] { batch }));
        Assert.That((await gateway.BatchAsync(batch)).Text("id"), Is.EqualTo(batch));
    }

    [Test]
    public async Task List_OfFiles_HonoursOrderAndPurpose()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        string first = await gateway.UploadAsync("a");
        string second = await gateway.UploadAsync("b", purpose: "user_data");
        string third = await gateway.UploadAsync("c");

        Assert.That(Ids((await gateway.GetAsync("/files")).Json), Is.EqualTo(new[] { third, second, first }));
        Assert.That(Ids((await gateway.GetAsync("/files?order=asc")).Json), Is.EqualTo(new[] { first, second, third }));
        Assert.That(Ids((await gateway.GetAsync("/files?purpose=batch&order=asc&limit=1")).Json), Is.EqualTo(new[] { first }));
        Assert.That(Ids((await gateway.GetAsync($"/files?order=asc&after={first}")).Json), Is.EqualTo(new[] { second, third }));
        Assert.That((await gateway.GetAsync("/files?order=up")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task List_UnderAnotherProvider_ShowsNothing()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync();
        string file = await gateway.UploadAsync(TestGateway.Lines(1), provider: "one");
        await gateway.CreateAsync(file, provider: "one");

        Assert.That(Ids((await gateway.GetAsync("/batches", "two")).Json), Is.Empty);
        Assert.That(Ids((await gateway.GetAsync("/files", "two")).Json), Is.Empty);
        Assert.That(Ids((await gateway.GetAsync("/batches", "one")).Json), Has.Length.EqualTo(1));
    }

    private static async Task<List<string>> CreateBatchesAsync(TestGateway gateway, int count)
    {
        string file = await gateway.UploadAsync(TestGateway.Lines(1));
        List<string> created = [];
        for (int i = 0; i < count; i++)
            created.Add(await gateway.CreateAsync(file));
        return created;
    }

    private static string[] Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(item => item.Text("id")!)];

    [Test]
    public async Task ListBatches_ThatShowNothingForEver_IsEmpty()
    {
        await using TestGateway gateway = await TestGateway.StartOpenAIAsync(options => options.ListDelay = TimeSpan.MaxValue);
        await gateway.CreateFromAsync(TestGateway.Lines(1));

        Answer list = await gateway.GetAsync("/batches");

        Assert.That(list.Status, Is.EqualTo(200));
        Assert.That(list.Json.GetProperty("data").GetArrayLength(), Is.Zero);
    }
}
