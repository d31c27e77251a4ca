using System.Net;
using System.Text;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Endpoints;

public sealed class ListTests
{
    [Test]
    public async Task List_Pages_AreWalkedByTheCursor()
    {
        using StubbedClient gateway = new(Pages(
            ("", """{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"""),
            ("?after=b", """{"data":[{"id":"c"}],"has_more":false}""")));

        Assert.That(await IdsAsync(gateway), Is.EqualTo(new[] { "a", "b", "c" }));
    }

    [Test]
    public async Task List_NoHasMore_EndsWithTheEmptyPage()
    {
        using StubbedClient gateway = new(Pages(("", """{"data":[{"id":"a"}]}"""), ("?after=a", """{"data":[]}""")));

        Assert.That(await IdsAsync(gateway), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task List_ServerWithoutPaging_GivesItsItemsOnce()
    {
        using StubbedClient gateway = new(StubHandler.Json("""{"data":[{"id":"a"},{"id":"b"}]}"""));

        Assert.That(await IdsAsync(gateway), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task List_CursorThatNeverAdvances_IsAnError()
    {
        using StubbedClient gateway = new(StubHandler.Json("""{"data":[{"id":"a"}],"has_more":true}"""));

        BatchResponseException? failure = await Assert.ThrowsAsync<BatchResponseException>(async () => await IdsAsync(gateway));

        Assert.That(failure!.Message, Does.Contain("does not advance").And.Contain("'a'"));
        Assert.That(gateway.Stub.Requests, Has.Count.EqualTo(2));
    }

    private static StubHandler Pages(params (string Query, string Body)[] pages) => new(request =>
        StubHandler.Answer(HttpStatusCode.OK, Encoding.UTF8.GetBytes(pages.Single(page => page.Query == request.Uri.Query).Body)));

    private static async Task<List<string>> IdsAsync(StubbedClient gateway)
    {
        List<string> ids = [];
        await foreach (Batch batch in gateway.Client.Batches.ListAsync())
            ids.Add(batch.Id);
        return ids;
    }
}
