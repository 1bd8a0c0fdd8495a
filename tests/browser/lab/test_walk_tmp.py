import os, re
from tests.browser.lab.conftest import *
from tests.browser.lab.test_course_in_jupyterlab import go_to, is_ready
from tests.browser.lab.conftest import entered
from autograder.activities.committee.portfolios import sound
OUT="/tmp/told/walk"; os.makedirs(OUT,exist_ok=True)
def shot(page,name): page.screenshot(path=f"{OUT}/{name}.png")
def height(panel):
    return panel.locator(".jp-Notebook").evaluate("n => Math.round([...n.querySelectorAll('.jp-Cell')].filter(c=>c.offsetHeight).reduce((s,c)=>s+c.getBoundingClientRect().height,0))")
def test_walk(home):
    mod=os.environ.get("WALK","D01")
    home.set_viewport_size({"width":1366,"height":768})
    panel=entered(home,mod); is_ready(panel)
    home.wait_for_timeout(4000)
    n=int(re.search(r"sur (\d+)", panel.locator(".campus-where").first.text_content())[1])
    only=[int(x) for x in os.environ.get("STEPS","").split(",") if x]
    for i in range(n):
        if only and i not in only: continue
        go_to(panel,i); home.wait_for_timeout(900)
        print("STEP",i,height(panel))
        shot(home,f"{mod}-{i:02d}")
    if mod=="D01":
        first=7
        for number in (1,2,3):
            go_to(panel,first+number-1); home.wait_for_timeout(1500)
            form=panel.locator("form:has(.committee):visible")
            print("SITTING",number,"form",form.evaluate("f=>f.offsetHeight"),"step",height(panel))
            form.scroll_into_view_if_needed(); shot(home,f"{mod}-s{number}-before")
            first_key=True
            for key,dec in sound("exigeante",number)["half_years"][number-1]["decisions"].items():
                b=form.get_by_role("button",name=f"{key} – ")
                b.focus(); home.keyboard.press("Enter"); home.wait_for_timeout(300)
                card=form.locator("section:visible")
                print("  card",key,card.evaluate("f=>[f.getBoundingClientRect().top,f.getBoundingClientRect().bottom,innerHeight]"))
                if key in "DE": shot(home,f"{mod}-s{number}-{key}")
                if number==1 and key=="E":
                    home.set_viewport_size({"width":683,"height":384}); home.wait_for_timeout(600); shot(home,f"{mod}-200-{key}"); b.scroll_into_view_if_needed(); shot(home,f"{mod}-200-table")
                    home.set_viewport_size({"width":1366,"height":768}); home.wait_for_timeout(300)
                card.locator(f"input[value={dec['choice']}]").check()
                if dec.get("proof"): card.get_by_label("Preuve demandée").select_option(dec["proof"])
                card.get_by_label("Ce qui décide").select_option(dec["ground"])
            expect(form.locator('.todo')).to_have_text(re.compile('Tous les dossiers'))
            form.get_by_role("button",name=f"Clôturer le semestre {number}").click()
            form.get_by_role("button",name=f"Oui, clôturer le semestre {number}").click()
            home.wait_for_timeout(2500)
            print("CLOSED",number,form.evaluate("f=>f.offsetHeight"))
            shot(home,f"{mod}-s{number}-closed")
            form.locator(".report").scroll_into_view_if_needed(); home.mouse.move(600,400); home.mouse.wheel(0,500); home.wait_for_timeout(300); shot(home,f"{mod}-s{number}-report")
            form.locator(".report").screenshot(path=f"{OUT}/{mod}-s{number}-reportfull.png")
    home.evaluate("jupyterapp.commands.execute('apputils:change-theme',{theme:'JupyterLab Dark'})"); home.wait_for_timeout(1500)
    for i in (only or [0,5,6,7,9]):
        if i<n: go_to(panel,i); home.wait_for_timeout(900); shot(home,f"{mod}-dark-{i:02d}")
    home.set_viewport_size({"width":683,"height":384})
    for i in (only or [0,1,6]):
        if i<n: go_to(panel,i); home.wait_for_timeout(900); shot(home,f"{mod}-200-{i:02d}")
