using System.Text.Json;
using BatchGateway.Emulator.Tests.Support;

namespace BatchGateway.Emulator.Tests.Http;

public sealed class PersonalityPagingTests
{
    [Test]
    public async Task List_OnEveryPersonality_IsPagedByTheLastId([Values] EmulatorPersonality personality, [Values("/batches", "/files")] string path)
    {
        await using TestGateway gateway = await StartAsync(personality);
        List<string> files = [];
        List<string> batches = [];
        for (int i = 0; i < 5; i++)
        {
            files.Insert(0, await gateway.UploadAsync(TestGateway.Lines(1)));
            batches.Insert(0, await gateway.CreateAsync(files[0]));
        }

        List<JsonElement> pages = [];
        do
            pages.Add((await gateway.GetAsync($"{path}?limit=2{(pages.Count == 0 ? "" : $"&after={pages[^1].Text("last_id")}")}")).Json);
        while (pages[^1].GetProperty("has_more").GetBoolean());

        Assert.That(pages.SelectMany(Ids), Is.EqualTo(path == "/files" ? files : batches));
        Assert.That(pages.Select(page => Ids(page).Length), Is.EqualTo(new[] { 2, 2, 1 }));
        foreach (JsonElement page in pages)
        {
            Assert.That(page.Names(), Is.EqualTo(new[] { "object", "data", "first_id", "last_id", "has_more" }));
            Assert.That((page.Text("first_id"), page.Text("last_id")), Is.EqualTo((Ids(page)[0], Ids(page)[^1])));
        }
    }

    [Test]
    public async Task List_AfterTheLastItem_IsEmptyAndHasNoMore([Values] EmulatorPersonality personality)
    {
        await using TestGateway gateway = await StartAsync(personality);
        string batch = await gateway.CreateFromAsync(TestGateway.Lines(1));

        JsonElement page = (await gateway.GetAsync($"/batches?after={batch}")).Json;

        Assert.That(page.GetRawText(), Is.EqualTo("""{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}"""));
    }

    [TestCase("/batches?limit=100", 200)]
    [TestCase("/batches?limit=101", 400)]
    [TestCase("/files?limit=10000", 200)]
    [TestCase("/files?limit=10001", 400)]
    [TestCase("/files?limit=0", 400)]
    public async Task List_WithALimit_IsHeldToItsOwn(string path, int status)
    {
        await using TestGateway gateway = await StartAsync(EmulatorPersonality.OpenAI);

        Assert.That((await gateway.GetAsync(path)).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task List_OfManyFilesWithoutALimit_ShowsThemAll()
    {
        await using TestGateway gateway = await StartAsync(EmulatorPersonality.OpenAI);
        for (int i = 0; i < 25; i++)
            await gateway.UploadAsync("x");

        JsonElement page = (await gateway.GetAsync("/files")).Json;

        Assert.That(Ids(page), Has.Length.EqualTo(25));
        Assert.That(page.GetProperty("has_more").GetBoolean(), Is.False);
    }

    private static string[] Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(item => item.Text("id")!)];

    private static Task<TestGateway> StartAsync(EmulatorPersonality personality) => TestGateway.StartAsync(options =>
    {
        options.Personality = personality;
        options.BatchList = true;
        options.FilePendingFor = TimeSpan.Zero;
    });
}
