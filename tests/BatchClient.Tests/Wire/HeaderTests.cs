using System.Text.Json;

namespace BatchGateway.Tests.Wire;

public sealed class HeaderTests
{
    private static readonly string[] Named = ["Authorization", "User-Agent", "Accept", "x-tfy-provider-name", "x-tfy-metadata", "x-own"];

    [TestCaseSource(typeof(WireCall), nameof(WireCall.All))]
    public async Task Send_EachCall_CarriesTheHeadersOfTheClientAndOfTheCall(object of)
    {
        WireCall call = (WireCall)of;
        await using RawServer server = new(call.Success);
        using OwnedBatchClient client = WireClient.Of(server, options =>
        {
            options.GatewayMetadata["team"] = "search";
            options.GatewayMetadata["tier"] = "low";
            options.Headers["x-own"] = "client";
        });

        await call.SendAsyncTo(client, new BatchCallOptions { GatewayMetadata = { ["tier"] = "high" }, Headers = { ["X-OWN"] = "call" } });

        string version = typeof(IBatchClient).Assembly.GetName().Version!.ToString(3);
        Assert.That(Named.Select(name => server.Single[name]), Is.EqualTo(new[]
        {
            $"Bearer {WireClient.Key}",
            $"BatchClient/{version}",
            call == WireCall.Content ? null : "application/json",
            "openai-main",
            """{"team":"search","tier":"high"}""",
            "call",
        }));
    }

    [Test]
    public async Task Send_NothingConfigured_SendsNoHeaderOfTheGateway()
    {
        await using RawServer server = new(WireCall.Get.Success);
        using OwnedBatchClient client = WireClient.Of(server, options => options.Provider = null);

        await client.Batches.GetAsync("b");

        Assert.That(server.Single.Headers.Select(header => header.Key), Is.EquivalentTo(new[] { "Host", "User-Agent", "Accept", "Authorization" }));
    }

    [TestCase(null, "vertex-eu", null, "vertex-eu")]
    [TestCase(null, "", null, "openai-main")]
    [TestCase("header-of-client", null, null, "header-of-client")]
    [TestCase("header-of-client", "vertex-eu", null, "vertex-eu")]
    [TestCase(null, "vertex-eu", "header-of-call", "header-of-call")]
    public async Task Send_ProviderOfTheCall_GoesOverTheClients(string? clientHeader, string? callProvider, string? callHeader, string expected)
    {
        await using RawServer server = new(RawAnswer.Json(403, "{}"));
        using OwnedBatchClient client = WireClient.Of(server, options => AddTo(options.Headers, clientHeader));
        BatchCallOptions call = new() { Provider = callProvider };
        AddTo(call.Headers, callHeader);

        BatchApiException? refused = await Assert.ThrowsAsync<BatchApiException>(() => client.Batches.GetAsync("b", call));

        Assert.That(server.Single[GatewayHeaders.Provider], Is.EqualTo(expected));
        Assert.That(refused?.Message, Does.Contain($"'{expected}'"));

        static void AddTo(IDictionary<string, string> headers, string? provider)
        {
            if (provider is not null)
                headers[GatewayHeaders.Provider.ToUpperInvariant()] = provider;
        }
    }

    [Test]
    public async Task Send_MetadataOfTheCall_GoesOverAMetadataHeaderOfTheClient()
    {
        await using RawServer server = new(WireCall.Get.Success, WireCall.Get.Success, WireCall.Get.Success);
        using OwnedBatchClient client = WireClient.Of(server, options => options.Headers[GatewayHeaders.Metadata] = """{"raw":"client"}""");

        await client.Batches.GetAsync("b");
        await client.Batches.GetAsync("b", new BatchCallOptions { GatewayMetadata = { ["own"] = "call" } });
        await client.Batches.GetAsync("b", new BatchCallOptions { Headers = { [GatewayHeaders.Metadata] = """{"raw":"call"}""" } });

        Assert.That(server.Requests.Select(request => request[GatewayHeaders.Metadata]), Is.EqualTo(new[]
        {
            """{"raw":"client"}""", """{"own":"call"}""", """{"raw":"call"}""",
        }));
    }

    [Test]
    public async Task Send_UserAgentAndAcceptOfTheApplication_ReplaceOurs()
    {
        await using RawServer server = new(WireCall.Get.Success);
        using OwnedBatchClient client = WireClient.Of(server, options =>
        {
            options.Headers["user-agent"] = "Nightly/7 (batch; \"x\")";
            options.Headers["accept"] = "*/*";
        });

        await client.Batches.GetAsync("b");

        Assert.That(server.Single["User-Agent"], Is.EqualTo("Nightly/7 (batch; \"x\")"));
        Assert.That(server.Single["Accept"], Is.EqualTo("*/*"));
    }

    [Test]
    public async Task Send_NonAsciiMetadata_TravelsAsAsciiJson()
    {
        await using RawServer server = new(WireCall.Get.Success);
        using OwnedBatchClient client = WireClient.Of(server, options => options.GatewayMetadata["größe"] = "日本 \"x\"\r\n😀");

        await client.Batches.GetAsync("b");

        string sent = server.Single[GatewayHeaders.Metadata]!;
        Assert.That(sent, Has.All.InRange(' ', '~'));
        Assert.That(JsonSerializer.Deserialize<Dictionary<string, string>>(sent)!["größe"], Is.EqualTo("日本 \"x\"\r\n😀"));
    }

    [TestCase("no json", "is no JSON object")]
    [TestCase("[]", "is no JSON object")]
    [TestCase("{\"team\":1}", "is no JSON object")]
    [TestCase("{\"long\":\"*\"}", "'long' has 129 characters")]
    public async Task Send_MetadataHeaderWrittenByHand_IsCheckedToo(string header, string problem)
    {
        await using RawServer server = new(WireCall.Get.Success);
        using OwnedBatchClient client = WireClient.Of(server);
        BatchCallOptions options = new() { Headers = { [GatewayHeaders.Metadata] = header.Replace("*", new string('x', 129), StringComparison.Ordinal) } };

        Assert.That(async () => await client.Batches.GetAsync("b", options), Throws.ArgumentException.With.Message.Contains(problem));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Send_MetadataValueOf129Characters_IsRefusedBeforeItIsSent()
    {
        await using RawServer server = new(WireCall.Get.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await client.Batches.GetAsync("b", Metadata(128));

        Assert.That(async () => await client.Batches.GetAsync("b", Metadata(129)), Throws.ArgumentException.With.Message.Contains("'long' has 129 characters"));
        Assert.That(JsonDocument.Parse(server.Single[GatewayHeaders.Metadata]!).RootElement.GetProperty("long").GetString(), Has.Length.EqualTo(128));
        Assert.That(
            () => BatchClientFactory.Create(WireClient.Options(server.Origin, options => options.GatewayMetadata["long"] = new string('x', 129))),
            Throws.TypeOf<Microsoft.Extensions.Options.OptionsValidationException>().With.Message.Contains("129"));

        static BatchCallOptions Metadata(int length) => new() { GatewayMetadata = { ["long"] = new string('x', length) } };
    }

    [TestCase("Authorization", "Bearer x", "use ApiKey, ApiKeyFile or TokenProvider")]
    [TestCase("authorization", "Bearer x", "use ApiKey, ApiKeyFile or TokenProvider")]
    [TestCase("Content-Length", "3", "the client sets it itself")]
    [TestCase("Content-Encoding", "gzip", "Content-Encoding")]
    [TestCase("Expires", "0", "Expires")]
    [TestCase("x y", "z", "is no name of a header")]
    [TestCase("", "z", "is no name of a header")]
    [TestCase("x-own", "größe", "only printable ASCII")]
    [TestCase("x-own", "a\r\nx-evil: b", "only printable ASCII")]
    [TestCase("x-own", null, "only printable ASCII")]
    public async Task Send_HeaderThatCannotBeSent_IsRefusedByName(string name, string? value, string why)
    {
        await using RawServer server = new();
        using OwnedBatchClient client = WireClient.Of(server);
        BatchCallOptions call = new() { Headers = { [name] = value! } };

        foreach (WireCall each in WireCall.All)
        {
            Assert.That(async () => await each.SendAsyncTo(client, call), Throws.ArgumentException.With.Message.Contains(why).And.Message.Contains(name));
        }

        Assert.That(
            () => BatchClientFactory.Create(WireClient.Options(server.Origin, options => options.Headers[name] = value!)),
            Throws.TypeOf<Microsoft.Extensions.Options.OptionsValidationException>().With.Message.Contains(why));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Create_AllMembers_AreTheBody()
    {
        await using RawServer server = new(WireCall.Create.Success, WireCall.Create.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await client.Batches.CreateAsync(WireClient.CreateRequest);
        await client.Batches.CreateAsync(WireClient.CreateRequest with
        {
            CompletionWindow = null,
            JobName = "nightly",
            Metadata = new Dictionary<string, string> { ["k"] = "v" },
            OutputExpiresAfter = TimeSpan.FromHours(1),
        });

        Assert.That(server.Requests[0].Body, Is.EqualTo("""{"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"24h"}"""));
        Assert.That(server.Requests[1].Body, Is.EqualTo(
            """{"input_file_id":"file-1","endpoint":"/v1/chat/completions","job_name":"nightly","metadata":{"k":"v"},"output_expires_after":{"anchor":"created_at","seconds":3600}}"""));
        Assert.That(server.Requests[0]["Content-Type"], Is.EqualTo("application/json"));
    }

    [Test]
    public async Task Cancel_NoBody_SaysSo()
    {
        await using RawServer server = new(WireCall.Cancel.Success);
        using OwnedBatchClient client = WireClient.Of(server);

        await client.Batches.CancelAsync("b");

        Assert.That(server.Single["Content-Length"], Is.EqualTo("0"));
    }
}
